package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.enqueue.Stock;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedStocksTest {
    private final Target store = target("store", "memory:/bucket/");
    private final Target place = target("place", "file:///data/");

    @Test
    void aDirectoryCountsOnlyInAProcessThatCopies() {
        assertEquals(List.of("store"), names(List.of(store), false), "a store, who only lists");
        assertEquals(List.of("store", "place"), names(List.of(store, place), true), "who copies, too");
        assertEquals(List.of(), names(List.of(place), false), "who only lists");
        assertEquals(List.of(), names(List.of(store, place), false), "one that does not count is enough");
    }

    private static List<String> names(List<Target> targets, boolean copies) {
        return new WatchedStocks(targets, copies)
                .stocks().stream().map(Stock::destination).toList();
    }

    private static Target target(String name, String location) {
        return new Target(name, new InMemoryDestination() {
            @Override
            public URI location() {
                return URI.create(location);
            }
        });
    }
}
