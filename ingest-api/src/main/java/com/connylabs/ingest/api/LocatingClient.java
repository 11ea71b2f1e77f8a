package com.connylabs.ingest.api;

import java.util.Optional;

/**
 * A client that can tell where an object is, so that a {@link CopyingStorage} of the same plugin can fetch it from there
 * without us.
 *
 * <p>Called from many workers at once. Plugins do not see each other's classes: what a client tells is opaque to all but
 * its own plugin.
 */
public interface LocatingClient extends Client {
    /**
     * Where all its objects are, and who we are there. Asks nobody.
     *
     * @return a value of the plugin's own, always the same
     */
    Object origin();

    /**
     * Looks at the object of an element as it is now, whatever version was listed, without opening it. Blocks; honours
     * interrupts.
     *
     * @param element the element as it was enqueued
     * @return the object, or empty if the source does not have it any more
     * @throws IngestException if it cannot be looked at
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<LocatedObject> locate(Codec element) throws IngestException, InterruptedException;
}
