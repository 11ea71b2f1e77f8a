package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A queue in memory. It has a clock of its own, which a test can put forward with {@link #advance}, so that nobody has to
 * wait for a delay to pass. Safe to use from many threads.
 */
public final class InMemoryQueue implements Queue {
    private final QueueStore store;
    private final Calls calls = new Calls();
    private final Duration ackWait;
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
        this(new QueueStore(), ackWait);
    }

    private InMemoryQueue(QueueStore store, Duration ackWait) {
        this.store = store;
        this.ackWait = ackWait;
    }

    /**
     * Another queue on the same messages, as another process would have it: with a connection, a hook and counts of its
     * own.
     *
     * @return the other queue
     */
    public InMemoryQueue another() {
        return new InMemoryQueue(store, ackWait);
    }

    /**
     * Puts the queue's clock forward.
     *
     * @param by how far
     */
    public void advance(Duration by) {
        store.advance(by);
    }

    /**
     * Sets whether the queue can be used. While it cannot, every operation fails and nothing is forgotten.
     *
     * @param now whether it can
     */
    public void connected(boolean now) {
        store.with(() -> connected = now);
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
     * What was given up on since the start.
     *
     * @return all dead letters in the order of their coming, also those that are not there any more
     */
    public List<DeadLetter> givenUp() {
        return store.with(() -> List.copyOf(store.givenUp));
    }

    /**
     * The delays with which messages were given back.
     *
     * @return the delays in the order of their coming
     */
    public List<Duration> delays() {
        return store.with(() -> List.copyOf(store.delays));
    }

    /** Makes every holder lose its lease, as if all of them had stood still for too long. */
    public void forgetLeases() {
        store.with(() -> store.leases.keySet().retainAll(List.of()));
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
        byte[] copy = data.clone();
        boolean added = store.with(() -> store.add(workflow, id, copy));
        return CompletableFuture.completedFuture(added ? PublishResult.QUEUED : PublishResult.ALREADY_OUTSTANDING);
    }

    @Override
    public Subscription subscribe(String workflow) throws IngestException {
        requireConnected();
        return new InMemorySubscription(this, workflow);
    }

    @Override
    public long outstanding(String workflow) throws IngestException {
        requireConnected();
        return store.with(() -> store.messages(workflow).size());
    }

    @Override
    public Optional<Lease> lease(String workflow) throws IngestException, InterruptedException {
        beforeBlocking(Operation.LEASE, workflow);
        InMemoryLease lease = new InMemoryLease(store, workflow, this);
        return store.with(() -> store.leases.putIfAbsent(workflow, lease)) == null
                ? Optional.of(lease)
                : Optional.empty();
    }

    @Override
    public DeadLetters deadLetters() {
        return new InMemoryDeadLetters(this, store);
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void close() {
        store.with(() -> store.leases.values().removeIf(lease -> lease.giver() == this));
        connected(false);
    }

    Duration ackWait() {
        return ackWait;
    }

    List<Message> pop(String workflow, int max, Duration wait) throws IngestException, InterruptedException {
        if (max < 1) {
            throw new IllegalArgumentException("max is less than 1: " + max);
        }
        calls.before(Operation.POP, "");
        store.lock.lockInterruptibly();
        try {
            long end = System.nanoTime() + wait.toNanos();
            while (true) {
                requireConnected();
                List<QueuedMessage> taken = store.take(workflow, max, ackWait.toNanos());
                long left = end - System.nanoTime();
                if (!taken.isEmpty() || left <= 0) {
                    return deliveries(workflow, taken);
                }
                store.await(workflow, left);
            }
        } finally {
            store.lock.unlock();
        }
    }

    private List<Message> deliveries(String workflow, List<QueuedMessage> taken) {
        return taken.stream()
                .<Message>map(message -> new InMemoryMessage(this, workflow, message, message.deliveries))
                .toList();
    }

    void ack(String workflow, QueuedMessage message) throws IngestException, InterruptedException {
        beforeBlocking(Operation.ACK, message.id);
        store.with(() -> store.messages(workflow).remove(message.id, message));
    }

    void nak(QueuedMessage message, Duration delay) throws IngestException {
        calls.beforeUninterruptibly(Operation.NAK, message.id);
        requireConnected();
        store.with(() -> {
            message.readyAt = store.now() + delay.toNanos();
            return store.delays.add(delay);
        });
    }

    void term(String workflow, QueuedMessage message, DeadLetter letter) throws IngestException, InterruptedException {
        beforeBlocking(Operation.TERM, message.id);
        store.with(() -> {
            store.messages(workflow).remove(message.id, message);
            return store.bury(letter);
        });
    }

    void inProgress(QueuedMessage message) throws IngestException {
        calls.beforeUninterruptibly(Operation.IN_PROGRESS, message.id);
        requireConnected();
        store.with(() -> message.readyAt = store.now() + ackWait.toNanos());
    }

    /** For operations that block with a real queue. */
    void beforeBlocking(Operation operation, String id) throws IngestException, InterruptedException {
        calls.before(operation, id);
        if (Thread.interrupted()) {
            throw new InterruptedException(operation + " " + id);
        }
        requireConnected();
    }

    private void requireConnected() throws EndpointException {
        if (!connected) {
            throw new EndpointException("the queue in memory is not connected");
        }
    }
}
