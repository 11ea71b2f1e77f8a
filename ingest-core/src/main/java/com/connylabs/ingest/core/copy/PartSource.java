package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.IngestException;
import java.util.Optional;

/** Where the parts of one object come from, from the second on. Used by one thread. */
interface PartSource extends AutoCloseable {
    /**
     * A part: all but the last fill their buffers, which are of one length and belong to the caller.
     *
     * @param buffer the bytes
     * @param length how many of them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Filled(byte[] buffer, int length) {}

    /** The next part; empty when the object has ended and is sound. */
    Optional<Filled> next() throws IngestException, InterruptedException;

    /** Bytes of the whole object, when it has ended. */
    long length();

    /** Lets go of everything that was read ahead. */
    @Override
    void close();
}
