package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A queue in memory. It has a clock of its own, which a test can put forward with {@link #advance}, so that nobody has to
 * wait for a delay to pass. Safe to use from many threads.
 */
public final class InMemoryQueue implements Queue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Map<String, QueuedMessage>> workflows = new HashMap<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final Calls calls = new Calls();
    private final long ackWaitNanos;
    private long advancedNanos;
    private volatile boolean connected = true;

    /** A queue that delivers a message again after 30 seconds without a word. */
    public InMemoryQueue() {
        this(Duration.ofSeconds(30));
    }

    /**
     * An empty queue.
     *
     * @param ackWait how long a message may be worked on without a word before it is delivered again
     */
    public InMemoryQueue(Duration ackWait) {
        ackWaitNanos = ackWait.toNanos();
    }

    /**
     * Puts the queue's clock forward.
     *
     * @param by how far
     */
    public void advance(Duration by) {
        locked(() -> advancedNanos += by.toNanos());
    }

    /**
     * Sets whether the queue can be used. While it cannot, every operation fails and nothing is forgotten.
     *
     * @param now whether it can
     */
    public void connected(boolean now) {
        locked(() -> connected = now);
    }

    /**
     * Sets what happens before each operation.
     *
     * @param hook throws, waits or changes something
     */
    public void hook(Hook hook) {
        calls.hook(hook);
    }

    /**
     * Counts calls.
     *
     * @param operation what was asked for
     * @return how often
     */
    public long calls(Operation operation) {
        return calls.count(operation);
    }

    /**
     * Counts calls for one element.
     *
     * @param operation what was asked for
     * @param id the element's id
     * @return how often
     */
    public long calls(Operation operation, String id) {
        return calls.count(operation, id);
    }

    /**
     * What was given up on.
     *
     * @return the dead letters in the order of their coming
     */
    public List<DeadLetter> deadLetters() {
        return with(() -> List.copyOf(deadLetters));
    }

    /**
     * The delays with which messages were given back.
     *
     * @return the delays in the order of their coming
     */
    public List<Duration> delays() {
        return with(() -> List.copyOf(delays));
    }

    @Override
    public CompletableFuture<PublishResult> publish(String workflow, String id, byte[] data) {
        try {
            calls.before(Operation.PUBLISH, id);
            requireConnected();
        } catch (IngestException e) {
            return CompletableFuture.failedFuture(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(new TransientException("publish " + id + ": interrupted", e));
        }
        return CompletableFuture.completedFuture(with(() -> add(workflow, id, data)));
    }

    private PublishResult add(String workflow, String id, byte[] data) {
        var message = new QueuedMessage(id, data.clone(), now());
        boolean added = messages(workflow).putIfAbsent(id, message) == null;
        changed.signalAll();
        return added ? PublishResult.QUEUED : PublishResult.ALREADY_OUTSTANDING;
    }

    @Override
    public Subscription subscribe(String workflow) throws IngestException {
        requireConnected();
        return new InMemorySubscription(this, workflow);
    }

    @Override
    public long outstanding(String workflow) throws IngestException {
        requireConnected();
        return with(() -> (long) messages(workflow).size());
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void close() {
        connected(false);
    }

    List<Message> pop(String workflow, int max, Duration wait) throws IngestException, InterruptedException {
        calls.before(Operation.POP, "");
        lock.lockInterruptibly();
        try {
            long end = System.nanoTime() + wait.toNanos();
            while (true) {
                requireConnected();
                List<Message> ready = take(workflow, max);
                long left = end - System.nanoTime();
                if (!ready.isEmpty() || left <= 0) {
                    return ready;
                }
                changed.awaitNanos(Math.min(left, untilNext(workflow)));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Message> take(String workflow, int max) {
        long now = now();
        List<Message> taken = new ArrayList<>();
        for (QueuedMessage message : messages(workflow).values()) {
            if (taken.size() < max && message.readyAt <= now) {
                message.readyAt = now + ackWaitNanos;
                message.deliveries++;
                taken.add(new InMemoryMessage(this, workflow, message, message.deliveries));
            }
        }
        return taken;
    }

    private long untilNext(String workflow) {
        long now = now();
        return messages(workflow).values().stream()
                .mapToLong(message -> Math.max(1, message.readyAt - now))
                .min()
                .orElse(TimeUnit.DAYS.toNanos(1));
    }

    void ack(String workflow, QueuedMessage message) throws IngestException, InterruptedException {
        calls.before(Operation.ACK, message.id);
        requireConnected();
        locked(() -> messages(workflow).remove(message.id, message));
    }

    void nak(QueuedMessage message, Duration delay) throws IngestException {
        calls.beforeUninterruptibly(Operation.NAK, message.id);
        requireConnected();
        locked(() -> {
            delays.add(delay);
            message.readyAt = now() + delay.toNanos();
        });
    }

    void term(String workflow, QueuedMessage message, DeadLetter letter) throws IngestException, InterruptedException {
        calls.before(Operation.TERM, message.id);
        requireConnected();
        locked(() -> {
            deadLetters.add(letter);
            messages(workflow).remove(message.id, message);
        });
    }

    void inProgress(QueuedMessage message) throws IngestException {
        calls.beforeUninterruptibly(Operation.IN_PROGRESS, message.id);
        requireConnected();
        locked(() -> message.readyAt = now() + ackWaitNanos);
    }

    private Map<String, QueuedMessage> messages(String workflow) {
        return workflows.computeIfAbsent(workflow, name -> new LinkedHashMap<>());
    }

    private long now() {
        return System.nanoTime() + advancedNanos;
    }

    private void requireConnected() throws EndpointException {
        if (!connected) {
            throw new EndpointException("the queue in memory is not connected");
        }
    }

    private void locked(Runnable change) {
        with(() -> {
            change.run();
            changed.signalAll();
            return true;
        });
    }

    private <T> T with(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
