package com.connylabs.ingest.core.enqueue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.dequeue.CopyOptions;
import com.connylabs.ingest.core.dequeue.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Goes through the listings of a workflow's source and of its destinations side by side, and finds out what every
 * destination has already. Holds an entry of each.
 *
 * <p>Where the names do not come in their order, or a destination cannot be listed, nothing is found to be there from then
 * on, until the next listing: what cannot be proved is published. Outlives the listings, so that it can tell of that once.
 * Used by one thread at a time.
 */
public final class Comparison {
    private static final Logger log = LoggerFactory.getLogger(Comparison.class);
    private static final String SOURCE = "";

    private final List<Stock> stocks;
    private final Presence presence;
    private final List<StockListing> listings = new ArrayList<>();
    private final Map<String, String> told = new HashMap<>();
    private String last = "";
    private boolean comparing;
    private boolean asking;

    /**
     * A comparison that has not begun.
     *
     * @param stocks the workflow's destinations, every one of them; none: nothing is compared
     * @param options what the workflow does with its elements
     */
    public Comparison(List<Stock> stocks, CopyOptions options) {
        this.stocks = List.copyOf(stocks);
        this.presence = new Presence(options.onChange(), options.cleanUp());
    }

    /**
     * Compares with destinations if every one of them can be listed, and is the same wherever it is looked at from. Where
     * there are directories, nothing is compared: who lists and copies in one process may hand over {@link Stock}s of them.
     *
     * @param targets the workflow's destinations
     * @param options what the workflow does with its elements
     * @return a comparison that has not begun
     */
    public static Comparison of(List<Target> targets, CopyOptions options) {
        List<Stock> stocks = new ArrayList<>();
        for (Target target : targets) {
            if (target.isDirectory() || !(target.storage() instanceof ListableStorage storage)) {
                return none();
            }
            stocks.add(new Stock(target.name(), storage::inventory));
        }
        return new Comparison(stocks, options);
    }

    /**
     * Compares nothing.
     *
     * @return a comparison that finds nothing to be there
     */
    public static Comparison none() {
        return new Comparison(List.of(), CopyOptions.DEFAULT);
    }

    /** A listing of the source begins. After one that was interrupted while a destination was asked, it goes without. */
    void begin() {
        end();
        last = "";
        comparing = !stocks.isEmpty() && !asking;
        asking = false;
    }

    /** Whether the listings prove that every destination has an element. */
    boolean present(Codec element) throws InterruptedException {
        if (!comparing || !presence.mayBeShown(element)) {
            return false;
        }
        if (Inventory.ORDER.compare(last, element.name()) > 0) {
            giveUp(Level.INFO, SOURCE, "the source is not listed in the order of the names' bytes");
            return false;
        }
        last = element.name();
        for (int i = 0; i < stocks.size() && comparing; i++) {
            if (find(i, element.name())
                    .filter(entry -> presence.shown(element, entry))
                    .isEmpty()) {
                return false;
            }
        }
        return comparing;
    }

    private Optional<InventoryEntry> find(int stock, String name) throws InterruptedException {
        asking = true; // and so it stays if this is interrupted
        Optional<InventoryEntry> found = Optional.empty();
        try {
            if (listings.size() == stock) {
                open(stock);
            }
            if (comparing) {
                found = listings.get(stock).find(name);
            }
        } catch (IngestException | RuntimeException e) {
            giveUp(Level.WARN, stocks.get(stock).destination(), String.valueOf(e.getMessage()));
        }
        asking = false;
        return found;
    }

    private void open(int stock) throws IngestException, InterruptedException {
        Optional<Inventory> inventory = stocks.get(stock).opening().open();
        if (inventory.isPresent()) {
            listings.add(new StockListing(inventory.get()));
        } else {
            comparing = false;
        }
    }

    private void giveUp(Level level, String destination, String reason) {
        comparing = false;
        boolean known = reason.equals(told.put(destination, reason));
        log.atLevel(known ? Level.DEBUG : level)
                .addKeyValue("destination", destination.isEmpty() ? "all" : destination)
                .addKeyValue("reason", reason)
                .log("cannot compare with what the destinations have; each element is looked at when it is copied");
    }

    /** The listing has ended, somehow. */
    void end() {
        comparing = false;
        for (StockListing listing : listings) {
            try {
                listing.close();
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("cannot close the listing of a destination");
            }
        }
        listings.clear();
    }
}
