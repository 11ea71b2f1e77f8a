package com.connylabs.ingest.core.dequeue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a workflow does when something around it fails. */
@Timeout(60)
class FailureTest {
    private final InMemoryDestination at = new InMemoryDestination();
    private final Fixture f = new Fixture().to("d", at);

    private void put(int count) {
        for (int i = 0; i < count; i++) {
            f.source.put("o" + i, Fixture.bytes(100, i));
        }
    }

    @Test
    void anElementThatAlwaysFailsIsTriedAsOftenAsToldAndKept() throws Exception {
        put(20);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("o7")) {
                throw new TransientException("no luck");
            }
        });
        f.run();
        assertEquals(19, at.names().size());
        assertEquals(3, at.calls(Operation.STORE, "o7"));
        DeadLetter letter = f.queue.givenUp().get(0);
        assertEquals("memory/o7", letter.id());
        assertEquals("no luck", letter.reason());
        assertEquals(3, letter.attempts());
        assertEquals(1, f.counts.givenUp.get());
    }

    @Test
    void aMessageThatIsNoElementIsADeadLetterAtOnce() throws Exception {
        f.queue.publish("w", "x", "garbage".getBytes(UTF_8)).join();
        f.drain();
        assertEquals(1, f.queue.givenUp().size());
        assertEquals("garbage", new String(f.queue.givenUp().get(0).data(), UTF_8));
    }

    @Test
    void anOutageCostsNoAttemptAndLeavesNoDeadLetter() throws Exception {
        put(50);
        AtomicInteger failures = new AtomicInteger(40);
        at.hook((operation, name) -> {
            if (failures.getAndDecrement() > 0) {
                throw new EndpointException("connection refused");
            }
        });
        f.run();
        assertEquals(50, at.names().size());
        assertEquals(0, f.queue.givenUp().size());
        // One that was let in before, and fails when others succeed already, cannot be told from one at fault itself.
        assertTrue(f.counts.errors.get() < f.options.copying().concurrency(), "attempts: " + f.counts.errors);
    }

    @Test
    void whoWatchesIsToldWhyTheWorkflowPauses() throws Exception {
        put(3);
        AtomicReference<String> reason = new AtomicReference<>("connection refused");
        at.hook((operation, name) -> {
            if (!reason.get().isEmpty()) {
                throw new EndpointException(reason.get());
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = new Thread(() -> runQuietly(dequeuer));
        thread.start();
        Duration soon = Duration.ofSeconds(20);
        Await.until("the reason", soon, () -> f.counts.pause.equals("d stat: connection refused"));
        reason.set("503");
        Await.until("the reason of now", soon, () -> f.counts.pause.endsWith(": 503"));
        reason.set("");
        Await.until("all stored", soon, () -> at.names().size() == 3);
        assertEquals("", f.counts.pause, "the reason afterwards");

        reason.set("502");
        put(4);
        f.enqueue();
        Await.until("another pause", soon, () -> f.counts.pause.endsWith(": 502"));
        dequeuer.stop();
        thread.join();
        assertEquals("", f.counts.pause, "the reason when nobody copies any more");
    }

    @Test
    void duringAnOutageOnlyOneElementAtATimeTries() throws Exception {
        put(30);
        AtomicBoolean down = new AtomicBoolean(true);
        Semaphore room = new Semaphore(1);
        AtomicInteger shared = new AtomicInteger();
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(8);
        at.hook((operation, name) -> {
            if (name.isEmpty()) {
                return; // not an element's: the tidying at the start
            }
            int nth = tries.incrementAndGet();
            if (nth <= 8) {
                together.countDown();
                together.await(); // all that run when the outage begins fail together, none comes late
            } else if (down.get()) {
                if (!room.tryAcquire()) {
                    shared.incrementAndGet();
                    return;
                }
                new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS); // stays, so that another one would be met
                room.release();
            }
            if (tries.get() > 30) {
                down.set(false);
            }
            if (down.get()) {
                throw new EndpointException("503");
            }
        });
        f.run();
        assertEquals(30, at.names().size());
        assertEquals(0, shared.get(), "tries beside another one after the first eight");
    }

    @Test
    void anElementThatAnEndpointRefusesWhileItTakesOthersIsAtFaultItself() throws Exception {
        put(40);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.startsWith("o1")) {
                throw new EndpointException("403");
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = new Thread(() -> runQuietly(dequeuer));
        thread.start();
        AtomicInteger more = new AtomicInteger(200);
        Await.until("eleven dead letters", Duration.ofSeconds(40), () -> {
            // Others go on succeeding, as they do in a bucket that is in use.
            f.source.put("o" + more.incrementAndGet(), new byte[1]);
            f.enqueue();
            return f.queue.givenUp().stream().map(DeadLetter::id).distinct().count() == 11;
        });
        dequeuer.stop();
        thread.join();
        assertTrue(at.names().size() >= 29, "stored: " + at.names());
    }

    @Test
    void anElementAloneWithItsRefusalLetsTheNextOneTry() throws Exception {
        put(3);
        f.options = f.options.with(Fixture.concurrency(1));
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("o0")) {
                throw new EndpointException("403");
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = new Thread(() -> runQuietly(dequeuer));
        thread.start();
        Await.until("the others are stored", Duration.ofSeconds(20), () -> at.names()
                .equals(Set.of("o1", "o2")));
        dequeuer.stop();
        thread.join();
    }

    @Test
    void drainingEndsWithAnErrorWhenAnEndpointStaysDown() throws Exception {
        put(5);
        f.options = DequeuerOptions.of("w")
                .with(Fixture.concurrency(4))
                .with(new Retries(3, Fixture.QUICK, Duration.ofSeconds(30)))
                .with(new Ending(Duration.ofSeconds(5), Duration.ofMillis(300)));
        f.source.hook((operation, name) -> {
            if (operation == Operation.DOWNLOAD) {
                throw new EndpointException("no such bucket: pictures");
            }
        });
        EndpointException e = assertThrows(EndpointException.class, f::run);
        assertTrue(String.valueOf(e.getMessage()).contains("no such bucket: pictures"), e.getMessage());
        assertEquals(5, f.queue.outstanding("w"), "the work stays queued");
        assertEquals(0, f.queue.givenUp().size());
    }

    @Test
    void aPluginThatThrowsWhatItMustNotHurtsOneElement() throws Exception {
        put(10);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("o3")) {
                throw new StackOverflowError("in the plugin");
            }
        });
        f.run();
        assertEquals(9, at.names().size());
        assertEquals(1, f.queue.givenUp().size());
    }

    @Test
    void deadLettersThatNobodyTakesAreNotDropped() throws Exception {
        put(1);
        AtomicInteger refusals = new AtomicInteger(3);
        f.queue.hook((operation, id) -> {
            if (operation == Operation.TERM && refusals.getAndDecrement() > 0) {
                throw new TransientException("dead-letter stream is full");
            }
        });
        at.hook((operation, name) -> {
            throw new TransientException("no");
        });
        f.run();
        assertEquals(1, f.queue.givenUp().size());
    }

    @Test
    void aQueueThatFailsNowAndThenIsAskedAgain() throws Exception {
        put(20);
        AtomicInteger turn = new AtomicInteger();
        f.enqueue();
        f.queue.hook((operation, id) -> {
            if (operation == Operation.POP && turn.incrementAndGet() % 2 == 1) {
                throw new TransientException("no responders");
            }
        });
        f.drain();
        assertEquals(20, at.names().size());
    }

    @Test
    void anAckThatIsNotConfirmedIsNotAFailure() throws Exception {
        put(1);
        AtomicBoolean once = new AtomicBoolean(true);
        f.queue.hook((operation, id) -> {
            if (operation == Operation.ACK && once.getAndSet(false)) {
                throw new TransientException("time-out");
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = new Thread(() -> runQuietly(dequeuer));
        thread.start();
        Await.until("the ack was tried", Duration.ofSeconds(10), () -> f.queue.calls(Operation.ACK) == 1);
        f.queue.advance(Duration.ofSeconds(31));
        Await.until("it was delivered again and acked", Duration.ofSeconds(10), () -> f.queue.outstanding("w") == 0);
        dequeuer.stop();
        thread.join();
        assertEquals(1, at.calls(Operation.STORE));
    }

    @Test
    void stopLetsWhatIsRunningFinish() throws Exception {
        put(20);
        f.options = f.options.with(Fixture.concurrency(2));
        CountDownLatch storing = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                storing.countDown();
                goOn.await();
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = new Thread(() -> runQuietly(dequeuer));
        thread.start();
        assertTrue(storing.await(10, TimeUnit.SECONDS));
        dequeuer.stop();
        goOn.countDown();
        thread.join();
        assertEquals(2, at.names().size(), "what was running is stored, and nothing else was begun");
        assertEquals(18, f.queue.outstanding("w"));
    }

    @Test
    void whatDoesNotFinishInTimeIsHandedBack() throws Exception {
        put(3);
        f.options = DequeuerOptions.of("w")
                .with(Fixture.concurrency(2))
                .with(new Retries(3, Fixture.QUICK, Duration.ofSeconds(30)))
                .with(new Ending(Duration.ofMillis(50), Duration.ofSeconds(60)));
        CountDownLatch storing = new CountDownLatch(2);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                storing.countDown();
                new CountDownLatch(1).await();
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = new Thread(() -> runQuietly(dequeuer));
        thread.start();
        assertTrue(storing.await(10, TimeUnit.SECONDS));
        dequeuer.stop();
        thread.join();
        assertEquals(2, f.queue.calls(Operation.NAK), "both were handed back");
        at.hook((operation, name) -> {});
        f.drain();
        assertEquals(3, at.names().size());
    }

    @Test
    void anInterruptEndsItAndIsPassedOn() throws Exception {
        put(3);
        CountDownLatch storing = new CountDownLatch(1);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                storing.countDown();
                new CountDownLatch(1).await();
            }
        });
        f.enqueue();
        f.options = DequeuerOptions.of("w")
                .with(Fixture.concurrency(2))
                .with(new Retries(3, Fixture.QUICK, Duration.ofSeconds(30)))
                .with(new Ending(Duration.ofMillis(50), Duration.ofSeconds(60)));
        AtomicBoolean passedOn = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                f.dequeuer().dequeue();
            } catch (InterruptedException e) {
                passedOn.set(true);
            } catch (com.connylabs.ingest.api.IngestException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        assertTrue(storing.await(10, TimeUnit.SECONDS));
        thread.interrupt();
        thread.join();
        assertTrue(passedOn.get());
        assertEquals(3, f.queue.outstanding("w"));
    }

    private static void runQuietly(WorkflowDequeuer dequeuer) {
        try {
            dequeuer.dequeue();
        } catch (com.connylabs.ingest.api.IngestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
