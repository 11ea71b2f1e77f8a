package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Part;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.testkit.Await;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PartSendersTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PartBuffers buffers = new PartBuffers(1 << 20);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger interrupts = new AtomicInteger();

    @AfterEach
    void end() {
        goOn.countDown();
        threads.shutdownNow();
    }

    @Test
    void closingLastsUntilAllHaveEnded() throws Exception {
        PartSenders senders =
                new PartSenders(new DeafUpload(), new Progress(), new TaskGroup(threads, 1, Duration.ofMillis(10)));
        BufferPart part = new BufferPart(1, buffers.acquire(1000), 1000, buffers, 1);
        senders.send(LaneItem.of(part), part);
        Thread closing = new Thread(senders::close);
        closing.start();
        Await.until("told again and again", Duration.ofSeconds(20), () -> interrupts.get() > 3);
        assertTrue(closing.isAlive(), "it waits");
        goOn.countDown();
        closing.join();
    }

    private final class DeafUpload implements Upload {
        @Override
        public void put(Part part) {
            while (goOn.getCount() > 0) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    interrupts.incrementAndGet(); // deaf
                }
            }
        }

        @Override
        public URI complete(long length) {
            throw new AssertionError("not complete");
        }

        @Override
        public void close() {}
    }
}
