package com.connylabs.ingest.api;

import java.io.InputStream;

/**
 * Reads parts of one version of an object, as often as wanted and from several threads at once.
 *
 * <p>Every stream delivers bytes of the same content. If the object has changed in the meantime, {@link #open} or the
 * stream fails instead of mixing two versions.
 */
@FunctionalInterface
public interface RangeReader {
    /**
     * Opens a part of the object. The caller closes the stream.
     *
     * @param offset first byte, counted from 0
     * @param length number of bytes; the stream delivers exactly so many or fails
     * @return the bytes
     * @throws IndexOutOfBoundsException if the object has no such part
     * @throws IngestException {@link TransientException} if the object changed or is gone, or the read failed
     * @throws InterruptedException if the thread was interrupted
     */
    InputStream open(long offset, long length) throws IngestException, InterruptedException;
}
