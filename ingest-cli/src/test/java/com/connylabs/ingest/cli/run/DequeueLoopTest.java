package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DequeueLoopTest {
    private final Stop stop = new Stop();
    private final Health health = new Health();
    private final AtomicInteger made = new AtomicInteger();

    @BeforeEach
    void doNotInterruptTheTest() {
        stop.detach();
    }

    /** Ends when it is told to; fails first if it is to fail. */
    private final class Fake implements Copying {
        private final CountDownLatch told = new CountDownLatch(1);
        private final Throwable failure;

        Fake(Throwable failure) {
            this.failure = failure;
            made.incrementAndGet();
        }

        @Override
        public void dequeue() throws IngestException, InterruptedException {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof IngestException exception) {
                throw exception;
            }
            told.await();
        }

        @Override
        public void stop() {
            told.countDown();
        }

        @Override
        public void drain() {
            told.countDown();
        }
    }

    @Test
    void whatThrowsIsStartedAfresh() throws Exception {
        DequeueLoop loop = loop(new NoClassDefFoundError("com/example/Gone"), 3);
        loop.forEver();
        assertEquals(3, made.get(), "dequeuers made until the stop");
        assertEquals(
                Map.of("copying of w", "NoClassDefFoundError: com/example/Gone"), health.faults(), "faults meanwhile");
    }

    @Test
    void stopEndsWhatRuns() throws Exception {
        DequeueLoop loop = loop(null, 1);
        Thread thread = new Thread(() -> {
            try {
                loop.forEver();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        Await.until("dequeuer made", Duration.ofSeconds(20), () -> made.get() == 1);
        loop.stop();
        thread.join();
        assertEquals(1, made.get(), "dequeuers made");
        assertEquals(Map.of(), health.faults(), "faults");
    }

    @Test
    void drainReachesADequeuerThatIsMadeLater() throws Exception {
        DequeueLoop loop = loop(null, 99);
        loop.drain();
        assertTrue(loop.once().isEmpty(), "ends without a failure");
    }

    @Test
    void aSingleRunGivesTheReasonOfItsFailure() throws Exception {
        DequeueLoop loop = loop(new EndpointException("store out: refused"), 99);
        assertEquals(Optional.of("store out: refused"), loop.once(), "reason");
    }

    private DequeueLoop loop(Throwable failure, int last) {
        Backoff shortly = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        return new DequeueLoop(
                "w",
                () -> {
                    Fake fake = new Fake(failure);
                    if (made.get() == last && failure != null) {
                        stop.request();
                    }
                    return fake;
                },
                shortly,
                stop,
                health);
    }
}
