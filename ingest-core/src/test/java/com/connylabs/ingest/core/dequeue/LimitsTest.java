package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.InMemoryMultipartDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A workflow asks and reads no faster than it may. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitsTest {
    private static final int PART = 10_000;

    private final Fixture f = new Fixture();

    private void limit(OptionalLong bytes, OptionalLong requests) {
        f.options = f.options.with(new CopyOptions(8, false, OnChange.COPY, new Limits(bytes, requests)));
    }

    private double secondsOfARun() throws Exception {
        long start = System.nanoTime();
        f.run();
        return (System.nanoTime() - start) / 1e9;
    }

    @Test
    void manySmallObjectsShareTheBandwidth() throws Exception {
        InMemoryDestination destination = new InMemoryDestination();
        f.to("d", destination);
        for (int i = 0; i < 40; i++) {
            f.source.put("o" + i, Fixture.bytes(5_000, i));
        }
        limit(OptionalLong.of(200_000), OptionalLong.empty());
        // What was taken last is not waited for, and a tenth of a second's worth was saved before.
        double seconds = secondsOfARun();
        assertTrue(seconds > 0.8, seconds + " s");
        assertEquals(40, f.counts.copied.get(), "copied");
    }

    @Test
    void soDoThePartsOfALargeOne() throws Exception {
        InMemoryMultipartDestination destination = new InMemoryMultipartDestination(PART);
        f.to("d", destination);
        byte[] content = Fixture.bytes(30 * PART, 1);
        f.source.put("large", content);
        limit(OptionalLong.of(300_000), OptionalLong.empty());
        double seconds = secondsOfARun();
        assertTrue(seconds > 0.8, seconds + " s");
        assertArrayEquals(content, destination.object("large").orElseThrow().bytes());
    }

    @Test
    void requestsAreCountedTogether() throws Exception {
        f.to("one", new InMemoryDestination()).to("two", new InMemoryDestination());
        for (int i = 0; i < 12; i++) {
            f.source.put("o" + i, Fixture.bytes(10, i));
        }
        limit(OptionalLong.empty(), OptionalLong.of(50));
        // Five for each of twelve: a look at two destinations, a download, storing twice.
        double seconds = secondsOfARun();
        assertTrue(seconds > 0.9, seconds + " s");
        assertEquals(12, f.counts.copied.get(), "copied");
    }

    @Test
    void partsAreRequestsToo() throws Exception {
        f.to("d", new InMemoryMultipartDestination(PART));
        f.source.put("a", Fixture.bytes(12 * PART, 1));
        f.source.put("b", Fixture.bytes(12 * PART, 2));
        f.options = f.options.with(
                new CopyOptions(1, false, OnChange.COPY, new Limits(OptionalLong.empty(), OptionalLong.of(20))));
        double seconds = secondsOfARun();
        assertTrue(seconds > 0.6, seconds + " s"); // the second one waits for the parts of the first
    }

    @Test
    void whoWaitsForItsTurnCanBeInterrupted() throws Exception {
        f.to("d", new InMemoryDestination());
        f.source.put("a", Fixture.bytes(200_000, 1));
        limit(OptionalLong.of(1), OptionalLong.empty());
        f.options = f.options.with(new Ending(Duration.ofMillis(10), Ending.DEFAULT.patience()));
        f.enqueue();
        Thread worker = new Thread(() -> {
            try {
                f.dequeuer().dequeue();
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        worker.start();
        Await.until("the download", Duration.ofSeconds(20), () -> f.source.calls(Operation.DOWNLOAD) > 0);
        worker.interrupt();
        worker.join(30_000);
        assertEquals(Thread.State.TERMINATED, worker.getState());
        assertEquals(1, f.queue.outstanding("w"), "it is still there to be done");
        assertEquals(f.buffers.total(), f.buffers.available(), "memory");
    }

    @Test
    void noneAtAllIsNoLimit() {
        assertThrows(IllegalArgumentException.class, () -> new Limits(OptionalLong.of(0), OptionalLong.empty()));
    }
}
