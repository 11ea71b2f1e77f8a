package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.plugin.Source;
import java.util.Optional;

/** A listing that notes when it goes into the plugin, and when it comes out again. */
final class WatchedNexter implements Nexter {
    private final String asked;
    private final Watch watch;
    private final Nexter nexter;

    /** Since when the plugin has not come back. Written by one thread, read by another. */
    static final class Watch {
        private static final long OUTSIDE = Long.MIN_VALUE;

        private volatile long since = OUTSIDE;
        private volatile String asked = "";

        /** How long the plugin has not come back; zero while it is not asked for anything. */
        long insideNanos() {
            long entered = since;
            return entered == OUTSIDE ? 0 : System.nanoTime() - entered;
        }

        /** What was asked last, for messages. */
        String asked() {
            return asked;
        }

        void enter(String endpoint) {
            asked = endpoint;
            since = System.nanoTime();
        }

        void leave() {
            since = OUTSIDE;
        }
    }

    WatchedNexter(String name, Source source, Watch watch) {
        this.asked = "source " + name;
        this.watch = watch;
        watch.enter(asked);
        try {
            this.nexter = source.nexter();
        } finally {
            watch.leave();
        }
    }

    @Override
    public void reset() throws IngestException, InterruptedException {
        watch.enter(asked);
        try {
            nexter.reset();
        } finally {
            watch.leave();
        }
    }

    @Override
    public Optional<Codec> next() throws IngestException, InterruptedException {
        watch.enter(asked);
        try {
            return nexter.next();
        } finally {
            watch.leave();
        }
    }

    @Override
    public void close() {
        watch.enter(asked);
        try {
            nexter.close();
        } finally {
            watch.leave();
        }
    }
}
