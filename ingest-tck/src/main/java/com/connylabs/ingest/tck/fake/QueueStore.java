package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What all {@link InMemoryQueue}s on the same messages share. Everything but {@code lock} is guarded by it. */
final class QueueStore {
    final ReentrantLock lock = new ReentrantLock();
    final List<DeadLetter> givenUp = new ArrayList<>();
    final List<DeadLetter> letters = new ArrayList<>();
    final List<Duration> delays = new ArrayList<>();
    final Map<String, InMemoryLease> leases = new HashMap<>();
    private final Condition changed = lock.newCondition();
    private final Map<String, Map<String, QueuedMessage>> workflows = new HashMap<>();
    private long advancedNanos;

    /** Changes something, and wakes up who waits for it. */
    <T> T with(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    Map<String, QueuedMessage> messages(String workflow) {
        return workflows.computeIfAbsent(workflow, name -> new LinkedHashMap<>());
    }

    /** Adds a message unless the element has one. */
    boolean add(String workflow, String id, byte[] data) {
        return messages(workflow).putIfAbsent(id, new QueuedMessage(id, data, now())) == null;
    }

    /** Keeps a dead letter in the place of an older one. */
    boolean bury(DeadLetter letter) {
        letters.removeIf(
                old -> old.workflow().equals(letter.workflow()) && old.id().equals(letter.id()));
        letters.add(letter);
        return givenUp.add(letter);
    }

    long now() {
        return System.nanoTime() + advancedNanos;
    }

    void advance(Duration by) {
        with(() -> advancedNanos += by.toNanos());
    }

    List<QueuedMessage> take(String workflow, int max, long ackWaitNanos) {
        long now = now();
        List<QueuedMessage> taken = new ArrayList<>();
        for (QueuedMessage message : messages(workflow).values()) {
            if (taken.size() < max && message.readyAt <= now) {
                message.readyAt = now + ackWaitNanos;
                message.deliveries++;
                taken.add(message);
            }
        }
        return taken;
    }

    /** Waits until something changes or a message is due, but no longer than this. */
    @SuppressWarnings("WaitNotInLoop") // the caller looks again, whatever woke it
    void await(String workflow, long mostNanos) throws InterruptedException {
        long now = now();
        long due = messages(workflow).values().stream()
                .mapToLong(message -> Math.max(1, message.readyAt - now))
                .min()
                .orElse(TimeUnit.DAYS.toNanos(1));
        changed.awaitNanos(Math.min(mostNanos, due));
    }
}
