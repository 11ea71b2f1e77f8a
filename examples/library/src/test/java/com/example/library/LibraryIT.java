package com.example.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.dequeue.WorkflowDequeuer;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.testkit.nats.NatsServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LibraryIT {
    @TempDir
    private Path directory;

    /** Counts what was copied. */
    private static final class Copied implements WorkflowMetrics {
        private final AtomicLong objects = new AtomicLong();

        @Override
        public void copied(long bytes) {
            objects.incrementAndGet();
        }
    }

    @Test
    void reportsGoThroughAQueueInAFileIntoTheTable() throws Exception {
        run(directory.resolve("queue.db").toString());
    }

    @Test
    void reportsGoThroughNatsIntoTheTable() throws Exception {
        try (NatsServer server = NatsServer.start(directory.resolve("nats"))) {
            run(server.url());
        }
    }

    @Test
    void theTwoProgramsShareAQueueInAFile() throws Exception {
        String queue = directory.resolve("queue.db").toString();
        EnqueueReports.main(new String[] {queue});
        DequeueReports.main(new String[] {queue, directory.resolve("table.db").toString()});
        TableStorage table = TableStorage.open(directory.resolve("table.db"));
        assertTrue(table.stat(Codec.of("station-025", "station-025.txt")).isPresent(), "the last report");
    }

    private void run(String address) throws Exception {
        SampleWeather weather = new SampleWeather(25);
        TableStorage table = TableStorage.open(directory.resolve("table.db"));
        try (Queue queue = Queues.open(address)) {
            assertEquals(new Listing(25, 25, 0), EnqueueReports.enqueue(queue, weather), "first listing");
            assertEquals(new Listing(25, 0, 25), EnqueueReports.enqueue(queue, weather), "what is outstanding stays");
            assertEquals(25, dequeue(queue, weather, table), "copied");

            weather.report("station-007", "rain", Instant.EPOCH.plusSeconds(60));
            assertEquals(new Listing(25, 25, 0), EnqueueReports.enqueue(queue, weather), "second listing");
            assertEquals(1, dequeue(queue, weather, table), "copied, of which one had changed");
            Optional<ObjectInfo> changed = table.stat(Codec.of("station-007", "station-007.txt"));
            assertEquals(4, changed.orElseThrow().length().orElseThrow(), "the new report's length");
        }
    }

    private static long dequeue(Queue queue, Weather weather, TableStorage table) throws Exception {
        Copied copied = new Copied();
        WorkflowDequeuer dequeuer = DequeueReports.dequeuer(queue, weather, table, copied);
        dequeuer.drain();
        dequeuer.dequeue();
        assertEquals(0, queue.outstanding("reports"), "outstanding");
        return copied.objects.get();
    }
}
