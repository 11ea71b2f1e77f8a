package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Fan;
import com.connylabs.ingest.core.copy.ObjectCopy;
import com.connylabs.ingest.core.copy.PartBuffers;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.copy.Watch;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A destination that hangs, and ignores interrupts, costs its element an attempt and one slot. */
@Timeout(60)
class HangTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final InMemoryDestination at = new InMemoryDestination();
    private final Fixture f = new Fixture().to("d", at);
    private final PartBuffers buffers = new PartBuffers(8 << 20);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Watch watch = new Watch(PATIENCE, PATIENCE, threads);
    private final Heartbeat heartbeat = new Heartbeat("w", Duration.ofMillis(100));
    private final EndpointGate gate = new EndpointGate(Fixture.QUICK, f.counts);
    private final Slots slots = new Slots(4, Fixture.QUICK, f.counts, System::nanoTime);
    private final CountDownLatch released = new CountDownLatch(1);

    private final AtomicInteger running = new AtomicInteger();
    private final Worker worker = worker();

    @AfterEach
    void end() {
        released.countDown();
        watch.close();
        heartbeat.close();
        threads.shutdownNow();
    }

    @Test
    void itIsTriedAgainWhileTheCallHangsAndGivenUpInTheEnd() throws Exception {
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("poison")) {
                hang();
            }
        });
        f.source.put("poison", new byte[10]);
        f.source.put("fine", new byte[10]);
        f.enqueue();
        workUntil(() -> f.queue.outstanding("w") == 0);
        assertTrue(at.object("fine").isPresent(), "the other one");
        assertEquals(2, at.calls(Operation.STORE, "poison"), "attempts");
        assertEquals(1, f.queue.givenUp().size());
        assertTrue(f.queue.givenUp().get(0).reason().contains("cannot be interrupted"), "" + f.queue.givenUp());

        Await.until("nobody holds its messages", Duration.ofSeconds(20), () -> {
            long beats = f.queue.calls(Operation.IN_PROGRESS, "memory/poison");
            awaitBeats();
            return beats == f.queue.calls(Operation.IN_PROGRESS, "memory/poison");
        });

        released.countDown();
        Await.until("what hung has ended", Duration.ofSeconds(20), () -> running.get() == 0);

        assertEquals(1, f.counts.copied.get(), "what was given up is not counted as copied");
        assertEquals(buffers.total(), buffers.available());
    }

    @Test
    void itKeepsNoMemoryThatOthersWaitFor() throws Exception {
        at.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                hang();
            }
        });
        f.source.put("large", new byte[400 << 10]);
        f.enqueue();
        workUntil(() -> f.queue.outstanding("w") == 0);
        Await.until("its memory is free", Duration.ofSeconds(20), () -> buffers.available() == buffers.total());
    }

    @Test
    void oneThatHangsWhileItTriesForAllLetsTheOthersTry() throws Exception {
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("poison")) {
                if (at.calls(Operation.STORE, name) == 1) {
                    throw new EndpointException("outage");
                }
                hang();
            }
        });
        f.source.put("poison", new byte[10]);
        f.enqueue();
        workUntil(() -> at.calls(Operation.STORE, "poison") >= 2);
        f.source.put("fine", new byte[10]);
        f.enqueue();
        workUntil(() -> at.object("fine").isPresent());
    }

    /** Until the heart has beaten twice, which a message of another workflow shows. */
    private void awaitBeats() throws Exception {
        f.queue.publish("other", "other", new byte[0]).get();
        try (Subscription others = f.queue.subscribe("other")) {
            Message other = others.pop(1, Duration.ofSeconds(10)).get(0);
            long beats = f.queue.calls(Operation.IN_PROGRESS, "other");
            heartbeat.hold(other);
            Await.until(
                    "beats", Duration.ofSeconds(10), () -> f.queue.calls(Operation.IN_PROGRESS, "other") > beats + 1);
            heartbeat.release(other);
            other.ack();
        }
    }

    @Test
    void whatIsCutOffByTheEndIsNoFailure() throws Exception {
        at.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new TransientException("a plugin that takes an interrupt for a failure", e);
                }
            }
        });
        f.options = DequeuerOptions.of("w")
                .with(Fixture.retries(1))
                .with(new Ending(Duration.ofMillis(1), Duration.ofSeconds(60)));
        f.source.put("a", new byte[10]);
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Future<?> run = threads.submit(() -> {
            dequeuer.dequeue();
            return true;
        });
        Await.until("it is stored", Duration.ofSeconds(20), () -> at.calls(Operation.STORE) == 1);
        dequeuer.stop();
        run.get(20, TimeUnit.SECONDS);
        assertEquals(List.of(), f.queue.givenUp());
        assertEquals(0, f.counts.errors.get(), "failures");
        assertEquals(List.of(Duration.ZERO), f.queue.delays(), "given back at once");
    }

    private void workUntil(Callable<Boolean> done) throws Exception {
        try (Subscription subscription = f.queue.subscribe("w")) {
            while (!done.call()) {
                for (Message message : subscription.pop(2, Duration.ofMillis(20))) {
                    heartbeat.hold(message);
                    running.incrementAndGet();
                    threads.execute(() -> {
                        worker.work(message);
                        heartbeat.release(message);
                        running.decrementAndGet();
                    });
                }
            }
        }
    }

    private Worker worker() {
        DequeuerOptions options = DequeuerOptions.of("w").with(Fixture.retries(2));
        Fan fan = new Fan(threads, watch);
        Pace pace = Pace.of(options.copying().limits().requestsPerSecond());
        ObjectCopy copy = new ObjectCopy(fan, threads, buffers);
        List<Target> targets = f.targets;
        Endpoints endpoints = new Endpoints(f.source, targets, fan, copy, pace, gate, f.counts);
        ServerCopy servers = new ServerCopy(f.source, endpoints, fan, pace);
        return new Worker(
                options,
                new ElementCopy(endpoints, servers, options, null),
                slots,
                gate,
                new Attempts(options.retries().attempts()),
                new Undertaker("w", Fixture.QUICK, f.counts),
                f.counts,
                watch,
                heartbeat);
    }

    private void hang() {
        while (true) {
            try {
                released.await();
                return;
            } catch (InterruptedException e) {
                // deaf
            }
        }
    }
}
