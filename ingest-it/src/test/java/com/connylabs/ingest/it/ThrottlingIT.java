package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that takes four requests at a time, and is given sixteen elements at a time. */
@Timeout(300)
class ThrottlingIT {
    private static final int COUNT = 1000;
    private static final int ROOM = 4;
    private static final Duration EACH = Duration.ofMillis(20);

    @TempDir
    private Path directory;

    private final AtomicInteger refusals = new AtomicInteger();

    private final class Room extends Semaphore {
        private static final long serialVersionUID = 1L;

        Room() {
            super(ROOM);
        }

        @Override
        public boolean tryAcquire() {
            boolean free = super.tryAcquire();
            if (!free) {
                refusals.incrementAndGet();
            }
            return free;
        }
    }

    @Test
    void isGivenWhatItTakes() throws Exception {
        try (S3Stub origin = S3Stub.start("source");
                S3Stub crowded = S3Stub.start("destination");
                Store source = Store.of(origin);
                Store destination = Store.of(crowded)) {
            for (int i = 0; i < COUNT; i++) {
                origin.put("source", "o" + i, Objects.content("o" + i, 1000), Map.of());
            }
            crowded.inject(
                    Integer.MAX_VALUE,
                    request -> !request.operation().startsWith("List"),
                    new Fault.Crowded(new Room(), EACH));
            Ingest ingest = new Ingest(directory);
            ingest.config("sources:\n" + source.yaml("in", "source") + "destinations:\n"
                    + destination.yaml("out", "destination")
                    + "workflows:\n- {name: w, source: in, destinations: [out], concurrency: 16}\n");
            long start = System.nanoTime();
            Ingest.End end = ingest.run("--mode=standalone", "--once", "--config=config.yaml", "--listen=127.0.0.1:0");
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("throttling: " + COUNT + " objects in " + took.toMillis() + " ms, " + refusals
                    + " refusals of " + crowded.requests().size() + " requests");
            assertEquals(0, end.code(), end.output());
            assertEquals(COUNT, crowded.keys("destination").size(), end.output());
            assertFalse(end.output().contains("at fault"), end.output());
            int told = end.output().split("asked for too much", -1).length - 1;
            assertTrue(told >= 1 && told <= 1 + took.toMinutes(), "once a minute at the most: " + end.output());
            assertTrue(refusals.get() <= 10 * took.toSeconds(), refusals + " refusals in " + took);
        }
    }
}
