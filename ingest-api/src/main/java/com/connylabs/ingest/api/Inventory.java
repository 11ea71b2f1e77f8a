package com.connylabs.ingest.api;

import java.util.Comparator;
import java.util.Optional;

/**
 * A listing of what a {@link ListableStorage} has, in the order of the names.
 *
 * <p>Used by one thread at a time. Calls may block on the network; they honour interrupts. A listing is streamed: it holds
 * a bounded number of pages. What changes while it runs may be shown as it was or as it is.
 */
public interface Inventory extends AutoCloseable {
    /**
     * The order of the names: that of their bytes in UTF-8, which is the order in which S3 lists. Java's own order of
     * strings differs from it beyond the Basic Multilingual Plane.
     */
    Comparator<String> ORDER = Inventory::compare;

    /**
     * The next entry.
     *
     * @param from names that come before this one are of no interest any more, and have to be passed over; never before
     *     the one of the last call
     * @return the first entry, after all that were returned before, whose name is {@code from} or comes after it; empty if
     *     there is none, however often it is asked
     * @throws IngestException if the listing fails, or turns out not to be in {@link #ORDER}; it must not be asked again
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<InventoryEntry> next(String from) throws IngestException, InterruptedException;

    /** Gives up what the listing holds. Safe to call twice. */
    @Override
    default void close() {}

    private static int compare(String left, String right) {
        int most = Math.min(left.length(), right.length());
        for (int i = 0; i < most; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean plain = !Character.isSurrogate(a) && !Character.isSurrogate(b);
                // Half of a character beyond the BMP comes after all others.
                return plain || Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
