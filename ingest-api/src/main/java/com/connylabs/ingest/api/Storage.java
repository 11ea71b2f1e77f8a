package com.connylabs.ingest.api;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A place that objects are copied to.
 *
 * <p>Called from many workers at once. Calls block; they honour interrupts and have time-outs of their own. A storage
 * that can take large objects in parts implements {@link MultipartStorage} as well.
 *
 * <p>Source: connylabs/ingest, storage/storage.go, Storage.
 */
public interface Storage {
    /**
     * Says whether the element is there, and what it was copied from. It may complete the storage's own book-keeping on
     * the way (write a missing marker), but never touches an object.
     *
     * @param element the element
     * @return what is there, or empty if nothing is
     * @throws IngestException if the storage could not be asked
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException;

    /**
     * Stores an object under the element's name, over what is there.
     *
     * <p>All or nothing: a reader sees what was there before or the whole new object, never a part of it, and a call that
     * fails or is interrupted leaves nothing behind. A body that ends before or after its stated length must not become
     * an object. The attributes' {@code version} is recorded with the object, so that {@link #stat} can report it.
     * Idempotent: storing the same object twice leaves one. The caller closes the object.
     *
     * @param element the element
     * @param object what to store
     * @return where it was stored
     * @throws IngestException if it was not stored
     * @throws InterruptedException if the thread was interrupted
     */
    URI store(Codec element, IngestObject object) throws IngestException, InterruptedException;

    /**
     * Stores an object under the element's name unless the destination has been changed since it was looked at: a worker
     * that was stopped for a while must not put what it read before over what another one stored meanwhile.
     *
     * <p>As {@link #store(Codec, IngestObject)} otherwise. This implementation looks again immediately before it stores,
     * which leaves a window as long as storing takes; a storage that can do better (a conditional request, a look
     * immediately before the commit) should.
     *
     * @param element the element
     * @param object what to store
     * @param seen what {@link #stat} said
     * @return where it was stored
     * @throws ChangedException if something else is there now; nothing was stored, or, where an answer was lost, this very
     *     object was
     * @throws IngestException if it was not stored
     * @throws InterruptedException if the thread was interrupted
     */
    default URI store(Codec element, IngestObject object, Sighting seen) throws IngestException, InterruptedException {
        seen.requireUnchanged(element, stat(element));
        return store(element, object);
    }

    /**
     * Removes what workers that died left of this very element: uploads that were begun and neither completed nor closed,
     * temporary files. Called before an element is worked on that was worked on before. A worker that is still at it, but
     * so slow that the element was given to another one, finds its upload gone. This implementation does nothing, which is
     * right where nothing can be left.
     *
     * @param element the element
     * @throws IngestException if it could not be found out or removed; what a storage has no permission for, or cannot list
     *     at all, it leaves there without an exception
     * @throws InterruptedException if the thread was interrupted
     */
    default void discardUnfinished(Codec element) throws IngestException, InterruptedException {}

    /**
     * Removes what workers that died left of any element of this destination. Called when a worker starts, in the
     * background; a failure is logged and harms nothing. This implementation does nothing.
     *
     * @param startedBefore what was begun later may still be in use, and stays
     * @throws IngestException if it could not be found out or removed
     * @throws InterruptedException if the thread was interrupted
     */
    default void discardUnfinished(Instant startedBefore) throws IngestException, InterruptedException {}
}
