package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.cli.run.WatchedNexter.Watch;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.enqueue.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the destinations of a workflow have, with a note of when they are asked and when they answer. Used by one thread at
 * a time.
 */
final class WatchedStocks {
    private final List<Stock> stocks = new ArrayList<>();
    private Watch watch = new Watch();

    /**
     * The destinations that can be compared with; none if one of them cannot.
     *
     * @param copies whether this process copies, too
     */
    WatchedStocks(List<Target> targets, boolean copies) {
        if (targets.stream().allMatch(target -> comparable(target, copies))) {
            targets.forEach(target -> stocks.add(new Stock(target.name(), () -> open(target))));
        }
    }

    /** A directory may be another one, or an old one, on the machines that copy. */
    private static boolean comparable(Target target, boolean copies) {
        return target.storage() instanceof ListableStorage && (copies || !target.isDirectory());
    }

    List<Stock> stocks() {
        return List.copyOf(stocks);
    }

    /** Another listing begins. */
    void watchedBy(Watch next) {
        watch = next;
    }

    private Optional<Inventory> open(Target target) throws IngestException, InterruptedException {
        String asked = "destination " + target.name();
        watch.enter(asked);
        try {
            return ((ListableStorage) target.storage())
                    .inventory()
                    .map(inventory -> new Watched(inventory, asked, watch));
        } finally {
            watch.leave();
        }
    }

    private record Watched(Inventory inventory, String asked, Watch watch) implements Inventory {
        @Override
        public Optional<InventoryEntry> next(String from) throws IngestException, InterruptedException {
            watch.enter(asked);
            try {
                return inventory.next(from);
            } finally {
                watch.leave();
            }
        }

        @Override
        public void close() {
            watch.enter(asked);
            try {
                inventory.close();
            } finally {
                watch.leave();
            }
        }
    }
}
