package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.Dequeuer;

/** A dequeuer that can be told to end when there is nothing left to do. */
interface Copying extends Dequeuer {
    /** Lets {@link #dequeue} end when nothing is outstanding any more. Returns at once; safe to call twice. */
    void drain();
}
