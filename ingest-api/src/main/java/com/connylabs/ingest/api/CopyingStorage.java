package com.connylabs.ingest.api;

import java.net.URI;
import java.util.Optional;

/**
 * A storage that can copy an object from where it is by itself, without that its bytes pass through this process. The engine
 * asks it to where the source is a {@link LocatingClient}, and stores what it cannot copy from a download.
 */
public interface CopyingStorage extends Storage {
    /**
     * Whether it can copy what is there. Asks nobody, and may come to know better after a {@link #copy}.
     *
     * @param origin what a source's {@link LocatingClient#origin} says; of another plugin, mostly
     * @return false if it is not worth trying
     */
    boolean copiesFrom(Object origin);

    /**
     * Copies an object under the element's name unless the destination has been changed since it was looked at. As {@link
     * Storage#store(Codec, IngestObject, Sighting)} otherwise: all or nothing, idempotent, with the attributes recorded. It
     * must be that very version, or nothing: where a store cannot promise that, the answer has to be checked.
     *
     * <p>Called from many workers at once. Blocks; honours interrupts.
     *
     * @param element the element
     * @param object what to copy, with the attributes to record; its version and length are known
     * @param seen what {@link #stat} said
     * @param progress to be run when one of several requests of a copy has ended, from any thread: a copy that shows none
     *     for a minute is given up
     * @return where it was stored; empty if the storage cannot, or if what it made is not to be trusted: then the element is
     *     looked at again and stored from a download, whatever is there
     * @throws ChangedException if something else is there now, or the source has another version by now or none
     * @throws IngestException if it was not copied, and a download would not help
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<URI> copy(Codec element, LocatedObject object, Sighting seen, Runnable progress)
            throws IngestException, InterruptedException;
}
