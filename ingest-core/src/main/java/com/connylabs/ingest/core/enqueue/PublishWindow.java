package com.connylabs.ingest.core.enqueue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.QueueOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Publishes many messages at a time, but never more than a window of them, and again what the queue did not take. Used by
 * one thread; the queue's own threads complete what is under way.
 */
final class PublishWindow {
    private static final Logger log = LoggerFactory.getLogger(PublishWindow.class);

    // After so many one after the other it is the queue and not the messages.
    private static final int MOST_IN_A_ROW = 100;
    private static final int MOST_SHOWN = 10;

    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody else has it
    private record Item(String id, byte[] data) {}

    private record Failure(Item item, Throwable cause) {}

    private final Queue queue;
    private final String workflow;
    private final WorkflowMetrics metrics;
    private final Backoff backoff;
    private final Duration patience;
    private final int size;
    private final Semaphore free;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong outstanding = new AtomicLong();
    /** The first failure after the last success; a listing that finds nothing to publish for long has none. */
    private final AtomicReference<@Nullable Long> failingSince = new AtomicReference<>();

    private final AtomicLong rounds = new AtomicLong();
    private final Refusals refusals = new Refusals();

    PublishWindow(Queue queue, String workflow, WorkflowMetrics metrics, EnqueuerOptions options) {
        this(queue, workflow, metrics, options, System::nanoTime);
    }

    PublishWindow(
            Queue queue, String workflow, WorkflowMetrics metrics, EnqueuerOptions options, LongSupplier nanoTime) {
        this.queue = queue;
        this.workflow = workflow;
        this.metrics = metrics;
        this.backoff = options.backoff();
        this.patience = options.patience();
        this.size = options.window();
        this.free = new Semaphore(size);
        this.nanoTime = nanoTime;
    }

    /** Publishes one message; blocks while the window is full. */
    void publish(String id, byte[] data) throws IngestException, InterruptedException {
        take(1);
        send(new Item(id, data));
    }

    /** Waits until everything is in the queue; fails if the queue will never take some of it. */
    void await() throws IngestException, InterruptedException {
        take(size);
        refusals.fail();
    }

    long queued() {
        return queued.get();
    }

    long alreadyOutstanding() {
        return outstanding.get();
    }

    private void take(int places) throws IngestException, InterruptedException {
        while (!failures.isEmpty() || !free.tryAcquire(places, 50, TimeUnit.MILLISECONDS)) {
            sendAgain();
        }
    }

    private void sendAgain() throws IngestException, InterruptedException {
        List<Failure> failed = new ArrayList<>();
        failures.drainTo(failed);
        List<Failure> again = new ArrayList<>();
        for (Failure failure : failed) {
            if (failure.cause() instanceof PermanentException refusal) {
                leaveOut(failure.item(), refusal);
            } else {
                again.add(failure);
            }
        }
        if (!again.isEmpty()) {
            sendAgain(again);
        }
    }

    private void sendAgain(List<Failure> again) throws IngestException, InterruptedException {
        Throwable cause = again.get(0).cause();
        giveUpIfHopeless(cause);
        long round = rounds.incrementAndGet();
        if (round == 1) {
            log.atWarn()
                    .addKeyValue("messages", again.size())
                    .addKeyValue("reason", cause.getMessage())
                    .log("queue does not take messages; trying again until it does");
        }
        Thread.sleep(backoff.after(round).toMillis());
        again.forEach(failure -> send(failure.item()));
    }

    /** One message that the queue will never take, too large for example, must not keep those behind it out. */
    private void leaveOut(Item item, PermanentException refusal) throws PermanentException {
        refusals.note(refusal, queued() + alreadyOutstanding());
        log.atLevel(refusals.count() <= MOST_SHOWN ? Level.ERROR : Level.DEBUG)
                .addKeyValue("element", item.id())
                .addKeyValue("reason", refusal.getMessage())
                .log("queue refuses an element for good; it is left out of this listing");
        if (refusals.inARow() >= MOST_IN_A_ROW) {
            refusals.fail();
        }
        free.release();
    }

    private void giveUpIfHopeless(Throwable cause) throws IngestException {
        Long since = failingSince.get();
        boolean tired = since != null && nanoTime.getAsLong() - since > patience.toNanos();
        if (cause instanceof IngestException known && tired) {
            throw known;
        }
        if (!(cause instanceof IngestException)) {
            throw new PermanentException("publish to the queue failed: " + cause, cause);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // done() hears of every end
    private void send(Item item) {
        queue.publish(workflow, item.id(), item.data()).whenComplete((result, error) -> done(item, result, error));
    }

    private void done(Item item, @Nullable PublishResult result, @Nullable Throwable error) {
        if (result == null) {
            metrics.queueOperation(QueueOperation.PUBLISH, Result.ERROR);
            Throwable cause = unwrap(error);
            if (!(cause instanceof PermanentException)) {
                failingSince.compareAndSet(null, nanoTime.getAsLong());
            }
            failures.add(new Failure(item, cause));
            return; // keeps its place, so that failures are bounded too
        }
        metrics.queueOperation(QueueOperation.PUBLISH, Result.SUCCESS);
        failingSince.set(null);
        rounds.set(0);
        if (result == PublishResult.QUEUED) {
            queued.incrementAndGet();
            metrics.queued();
        } else {
            outstanding.incrementAndGet();
        }
        free.release();
    }

    private static Throwable unwrap(@Nullable Throwable error) {
        if (error == null) {
            return new IllegalStateException("the queue completed a publish with neither a result nor an error");
        }
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
