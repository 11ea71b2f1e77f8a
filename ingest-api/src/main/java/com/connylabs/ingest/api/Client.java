package com.connylabs.ingest.api;

import java.util.Optional;

/**
 * Gets the objects of a source, and removes them there when they have been copied.
 *
 * <p>Called from many workers at once. Calls block; they honour interrupts and have time-outs of their own.
 *
 * <p>Source: connylabs/ingest, ingest.go, Client.
 */
public interface Client {
    /**
     * Opens the object of an element as it is now, whatever version was listed. The caller closes the object.
     *
     * <p>The attributes of the answer belong to the very content that its body delivers. Returning before the body has
     * been read is the rule: a large object is never held in memory.
     *
     * @param element the element as it was enqueued
     * @return the object, or empty if the source does not have it any more
     * @throws IngestException if it cannot be opened
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<IngestObject> download(Codec element) throws IngestException, InterruptedException;

    /**
     * Removes an element at the source after it was stored in every destination. Idempotent.
     *
     * <p>If the element carries a version, it is the version that was copied: only that one may be removed, with a
     * conditional request where the source has them, else checked immediately before.
     *
     * @param element the element, with the version that was copied
     * @return what was found
     * @throws IngestException if the source could not be asked or refused
     * @throws InterruptedException if the thread was interrupted
     */
    CleanUpResult cleanUp(Codec element) throws IngestException, InterruptedException;
}
