package com.connylabs.ingest.core.enqueue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import java.util.Optional;

/**
 * What a destination has, to be listed when it is needed.
 *
 * @param destination name of the destination, for logs
 * @param opening begins a listing
 */
public record Stock(String destination, Opening opening) {
    /** Checks that nothing is missing. */
    public Stock {
        requireNonNull(destination, "destination");
        requireNonNull(opening, "opening");
    }

    /** Begins a listing of a destination, as {@link com.connylabs.ingest.api.ListableStorage#inventory} does. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Begins a listing.
         *
         * @return the listing, which the caller closes; empty if one would prove nothing
         * @throws IngestException if the listing cannot be begun
         * @throws InterruptedException if the thread was interrupted
         */
        Optional<Inventory> open() throws IngestException, InterruptedException;
    }
}
