package com.connylabs.ingest.api;

import java.net.URI;

/**
 * An object on its way to a {@link MultipartStorage}.
 *
 * <p>Call order: {@link #put} for every part, from several threads at once and in any order; when all have returned,
 * {@link #complete}; always {@link #close}.
 */
public interface Upload extends AutoCloseable {
    /**
     * Sends one part. Blocks until the destination has it. A part that was sent before is replaced.
     *
     * @param part the part
     * @throws IngestException if the destination did not take it
     * @throws InterruptedException if the thread was interrupted
     */
    void put(Part part) throws IngestException, InterruptedException;

    /**
     * Makes the object visible.
     *
     * @param length bytes of the whole object, which the destination checks as far as it can
     * @return where it was stored
     * @throws IngestException if it did not become visible
     * @throws InterruptedException if the thread was interrupted
     */
    URI complete(long length) throws IngestException, InterruptedException;

    /**
     * Ends the upload: when it was not completed, everything that was sent is removed. Safe to call twice.
     *
     * @throws IngestException if something may have been left behind
     */
    @Override
    void close() throws IngestException;
}
