package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes while an endpoint is at fault. Then only one element at a time may try, after a growing wait; when it succeeds
 * where the others failed, the gate opens for all. An element that fails where others succeed is itself at fault, and the
 * gate stays open. An endpoint is named together with what is done there, because reading may work where writing does
 * not. Safe to use from many threads.
 */
final class EndpointGate {
    private static final Logger log = LoggerFactory.getLogger(EndpointGate.class);
    private static final int MOST_TRIALS = 3;
    private static final int MOST_REMEMBERED = 10_000;

    /** Whom an endpoint tells to slow down so often while it takes others is refused for another reason. */
    private static final int MOST_REFUSALS = 8;

    /** What becomes of an element that an endpoint has failed. */
    enum Verdict {
        /** The endpoint is at fault: keep the element and come to the gate again. */
        WAIT,
        /** The endpoint is at fault, and this element has had its turn: hand it back, so that another one can try. */
        MAKE_ROOM,
        /** The endpoint takes others, but not as many at a time: keep the element and try it again a little later. */
        THROTTLED,
        /** Others succeed there: the element is at fault. */
        ELEMENT
    }

    /** One element's way through the gate. Used by the element's worker. */
    static final class Pass {
        private final String id;
        private long entered;
        private int refusals;
        private long firstRefusal;
        private int trials;
        private boolean trial;

        Pass(String id) {
            this.id = id;
        }

        /** When it was last let in, in the system's nanoseconds. */
        long entered() {
            return entered;
        }

        /** How often it was told to slow down. */
        int refusals() {
            return refusals;
        }
    }

    private static final class Outage {
        final String endpoint;
        final long since = System.nanoTime();
        String reason;
        long failures;
        long nextTry;
        boolean trying;

        Outage(String endpoint, String reason) {
            this.endpoint = endpoint;
            this.reason = reason;
        }

        void waitFor(Backoff backoff) {
            trying = false;
            failures++;
            nextTry = System.nanoTime() + backoff.after(failures).toNanos();
        }

        /** Nanoseconds until somebody may try; 0 if now. */
        long untilTry() {
            return trying ? TimeUnit.HOURS.toNanos(1) : Math.max(0, nextTry - System.nanoTime());
        }
    }

    private final Backoff backoff;
    private final WorkflowMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Long> lastSuccess = new HashMap<>();
    private final Map<String, Map<String, Long>> firstFailures = new BoundedMap<>(MOST_REMEMBERED);
    private final Refusals refusals = new Refusals();
    private final Set<Pass> inside = new HashSet<>();
    private @Nullable Outage outage;
    private int waiting;
    private boolean closed;

    EndpointGate(Backoff backoff, WorkflowMetrics metrics) {
        this.backoff = backoff;
        this.metrics = metrics;
    }

    /** Waits until the element may try. False if everybody is to go home. */
    boolean enter(Pass pass) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting++;
            while (!closed && outage != null && outage.untilTry() > 0) {
                changed.awaitNanos(outage.untilTry());
            }
            if (outage != null) {
                outage.trying = true;
                pass.trial = true;
            }
            pass.entered = System.nanoTime();
            inside.add(pass);
            return !closed;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Something was done at an endpoint. */
    void succeeded(String endpoint) {
        lock.lock();
        try {
            lastSuccess.put(endpoint, System.nanoTime());
            refusals.taken(endpoint);
            if (outage != null && outage.endpoint.equals(endpoint)) {
                open(outage);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Something could not be done at an endpoint, and it seems to be the endpoint's fault. */
    Verdict failed(Pass pass, String endpoint, String reason) {
        lock.lock();
        try {
            if (outage == null && othersSucceed(pass, endpoint)) {
                return Verdict.ELEMENT;
            }
            return atFault(pass, endpoint, reason);
        } finally {
            lock.unlock();
        }
    }

    private Verdict atFault(Pass pass, String endpoint, String reason) {
        if (outage == null) {
            begin(endpoint, reason);
        } else if (!outage.reason.equals(reason)) {
            outage.reason = reason;
            metrics.paused(endpoint, reason);
        }
        return pass.trial && ++pass.trials >= MOST_TRIALS ? Verdict.MAKE_ROOM : Verdict.WAIT;
    }

    /** An endpoint is asked for too much. It is at fault only if nobody gets through. */
    Verdict throttled(Pass pass, String endpoint, String reason) {
        lock.lock();
        try {
            if (pass.refusals++ == 0) {
                pass.firstRefusal = System.nanoTime();
            }
            List<String> all = inside.stream().map(other -> other.id).toList();
            if (refusals.hopeless(endpoint, pass.id, all) || outage != null) {
                return atFault(pass, endpoint, reason);
            }
            return pass.refusals >= MOST_REFUSALS && succeededSince(endpoint, pass.firstRefusal)
                    ? Verdict.ELEMENT
                    : Verdict.THROTTLED;
        } finally {
            lock.unlock();
        }
    }

    /** Whether anybody has succeeded there since this element came, or since it first failed there. */
    private boolean othersSucceed(Pass pass, String endpoint) {
        long now = System.nanoTime();
        Long failure = firstFailures
                .computeIfAbsent(pass.id, unknown -> new HashMap<>())
                .putIfAbsent(endpoint, now);
        return succeededSince(endpoint, failure == null ? pass.entered : failure);
    }

    private boolean succeededSince(String endpoint, long nanos) {
        Long success = lastSuccess.get(endpoint);
        return success != null && success - nanos > 0;
    }

    /** The element is decided: what it met with is not held against it when it comes again. */
    void forget(String id) {
        lock.lock();
        try {
            firstFailures.remove(id);
        } finally {
            lock.unlock();
        }
    }

    /** The attempt is over; {@code done} says whether the element was worked off. */
    void leave(Pass pass, boolean done) {
        lock.lock();
        try {
            inside.remove(pass);
            boolean tried = pass.trial;
            pass.trial = false;
            if (outage == null || !tried) {
                return;
            }
            if (done) {
                open(outage);
            } else {
                outage.waitFor(backoff);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin(String endpoint, String reason) {
        outage = new Outage(endpoint, reason);
        outage.waitFor(backoff);
        metrics.paused(endpoint, reason);
        log.atWarn()
                .addKeyValue("endpoint", endpoint)
                .addKeyValue("reason", reason)
                .log("endpoint is at fault; the workflow pauses, tries again and goes on by itself");
    }

    private void open(Outage over) {
        outage = null;
        metrics.resumed();
        changed.signalAll();
        log.atInfo()
                .addKeyValue("endpoint", over.endpoint)
                .addKeyValue(
                        "seconds",
                        Duration.ofNanos(System.nanoTime() - over.since).toSeconds())
                .log("endpoint works again; the workflow goes on");
    }

    /**
     * How many new elements may be taken: all that there is room for, or, during an outage, one when nobody else has come
     * to try. Waits a while if it is none.
     */
    int admit(int room, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long end = System.nanoTime() + wait.toNanos();
            while (outage != null && !closed && end - System.nanoTime() > 0) {
                if (waiting == 0 && outage.untilTry() == 0) {
                    return Math.min(room, 1);
                }
                long left = end - System.nanoTime();
                changed.awaitNanos(waiting > 0 ? left : Math.min(left, outage.untilTry()));
            }
            return outage == null ? room : 0;
        } finally {
            lock.unlock();
        }
    }

    /** What is wrong, if it has been so for at least this long. */
    Optional<String> outageLongerThan(Duration limit) {
        lock.lock();
        try {
            return outage != null && System.nanoTime() - outage.since >= limit.toNanos()
                    ? Optional.of(outage.endpoint + ": " + outage.reason)
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody who waits go, for shutting down. */
    void close() {
        lock.lock();
        try {
            closed = true;
            metrics.resumed();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
