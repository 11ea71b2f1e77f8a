package com.connylabs.ingest.core.enqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.dequeue.CopyOptions;
import com.connylabs.ingest.core.dequeue.OnChange;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Sources and destinations at random: what is missing or changed is always published, and nothing else where every
 * listing is in order and succeeds.
 */
class ComparisonModelTest {
    private static final int ROUNDS = 3000;
    private static final List<String> LETTERS = List.of("a", "b", "/", "-", ".", "\uffee", "\ue000", "\ud83d\ude00");

    @Test
    void whatIsMissingIsPublishedAlwaysAndNothingElseWhereAllIsWell() throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            new Round(new Random(seed), "seed " + seed).run();
        }
    }

    private static final class Round {
        private final Random random;
        private final String what;
        private final boolean calm;
        private final CopyOptions options;
        private final Map<String, Codec> source = new TreeMap<>(Inventory.ORDER);
        private final List<Map<String, InventoryEntry>> destinations = new ArrayList<>();

        Round(Random random, String what) {
            this.random = random;
            this.what = what;
            this.calm = random.nextBoolean();
            this.options = new CopyOptions(1, false, random.nextBoolean() ? OnChange.COPY : OnChange.SKIP);
            for (String name : names()) {
                source.put(
                        name,
                        Codec.of("id/" + name, name).withVersion(version()).withSize(1));
            }
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                destinations.add(destination());
            }
        }

        private Set<String> names() {
            Set<String> names = new TreeSet<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                StringBuilder name = new StringBuilder();
                for (int length = 1 + random.nextInt(3); length > 0; length--) {
                    name.append(LETTERS.get(random.nextInt(LETTERS.size())));
                }
                names.add(name.toString());
            }
            return names;
        }

        private String version() {
            return "v" + random.nextInt(2);
        }

        /** Most of what the source has, mostly of the same version, and something else. */
        private Map<String, InventoryEntry> destination() {
            Map<String, InventoryEntry> entries = new TreeMap<>(Inventory.ORDER);
            names().forEach(name -> entries.put(name, entry(name, version())));
            for (Codec element : source.values()) {
                if (random.nextInt(4) > 0) {
                    String version =
                            random.nextInt(4) > 0 ? element.knownVersion().orElseThrow() : version();
                    entries.put(element.name(), entry(element.name(), version));
                }
            }
            return entries;
        }

        private InventoryEntry entry(String name, String version) {
            return InventoryEntry.of(name, OptionalLong.of(1)).withVersion(Optional.of(version));
        }

        void run() throws Exception {
            Set<String> needed = new TreeSet<>();
            source.values().stream().filter(element -> !everywhere(element)).forEach(e -> needed.add(e.name()));
            Set<String> published = published();
            if (calm) {
                assertEquals(needed, published, what);
            } else {
                assertTrue(published.containsAll(needed), what + ": published " + published + ", needed " + needed);
            }
        }

        private boolean everywhere(Codec element) {
            return destinations.stream().allMatch(destination -> {
                InventoryEntry entry = destination.get(element.name());
                return entry != null
                        && (options.onChange() == OnChange.SKIP
                                || entry.version().equals(element.knownVersion()));
            });
        }

        private Set<String> published() throws Exception {
            InMemoryQueue queue = new InMemoryQueue();
            List<Stock> stocks = new ArrayList<>();
            for (Map<String, InventoryEntry> destination : destinations) {
                List<InventoryEntry> entries = disturbed(destination.values());
                stocks.add(new Stock("d" + stocks.size(), () -> {
                    failSometimes();
                    return random.nextInt(20) == 0 && !calm ? Optional.empty() : Optional.of(inventory(entries));
                }));
            }
            new WorkflowEnqueuer(
                            queue,
                            nexter(disturbed(source.values())),
                            "w",
                            EnqueuerOptions.DEFAULT,
                            WorkflowMetrics.NONE,
                            new Suppression(queue.deadLetters(), "w"),
                            new Comparison(stocks, options))
                    .enqueue();
            Set<String> names = new TreeSet<>();
            try (Subscription subscription = queue.subscribe("w")) {
                while (queue.outstanding("w") > 0) {
                    for (Message message : subscription.pop(100, Duration.ofSeconds(5))) {
                        names.add(CodecJson.decode(message.data()).name());
                        message.ack();
                    }
                }
            }
            return names;
        }

        /** In order, or with a few that have changed places. */
        private <T> List<T> disturbed(Iterable<T> ordered) {
            List<T> list = new ArrayList<>();
            ordered.forEach(list::add);
            for (int swaps = calm ? 0 : random.nextInt(3); swaps > 0 && list.size() > 1; swaps--) {
                Collections.swap(list, random.nextInt(list.size()), random.nextInt(list.size()));
            }
            return list;
        }

        private void failSometimes() throws IngestException {
            if (!calm && random.nextInt(40) == 0) {
                if (random.nextBoolean()) {
                    throw new IllegalStateException("a bug");
                }
                throw new TransientException("503");
            }
        }

        /** Passes over what is before, as a listing has to; out of order, it may pass over more. */
        private Inventory inventory(List<InventoryEntry> entries) {
            Iterator<InventoryEntry> rest = entries.iterator();
            return from -> {
                failSometimes();
                while (rest.hasNext()) {
                    InventoryEntry entry = rest.next();
                    if (Inventory.ORDER.compare(entry.name(), from) >= 0) {
                        return Optional.of(entry);
                    }
                }
                return Optional.empty();
            };
        }

        private static Nexter nexter(List<Codec> elements) {
            Iterator<Codec> rest = elements.iterator();
            return new Nexter() {
                @Override
                public void reset() {}

                @Override
                public Optional<Codec> next() {
                    return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
                }
            };
        }
    }
}
