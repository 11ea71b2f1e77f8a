package com.connylabs.ingest.api;

import java.util.Optional;

/**
 * A storage that can tell what it has by the page instead of one by one. Whoever lists the source then compares, and
 * leaves out what is in every destination already.
 *
 * <p>Whatever a listing shows, nothing must be left out that is not there. So an entry says no more than the listing
 * proves; what it does not show is copied, or looked at with {@link #stat}.
 *
 * <p>The process that lists may run on another machine than those that copy. So only a storage that is the same wherever it
 * is looked at from should be one of these, or one whose location is a {@code file:} URI: that is not listed but by a process
 * that copies, too.
 */
public interface ListableStorage extends Storage {
    /**
     * Begins a listing of everything that is stored. Each has its own state; several may be under way at a time.
     *
     * @return the listing, which the caller closes; empty if, as the storage is configured, a listing proves nothing
     * @throws IngestException if the listing cannot be begun
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<Inventory> inventory() throws IngestException, InterruptedException;
}
