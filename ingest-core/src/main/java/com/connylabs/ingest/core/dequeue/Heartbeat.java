package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the queue, three times in each ack wait, which messages are still being worked on. */
final class Heartbeat implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final Set<Message> held = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final Duration asked;
    private Duration ackWait;
    private Future<?> beats;

    /** Nobody knows yet whether the queue has the ack wait that was asked for. */
    Heartbeat(String workflow, Duration asked) {
        this.asked = asked;
        this.ackWait = asked;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                task -> Threads.daemon(task, "ingest-" + workflow + "-heartbeat"));
        this.beats = timer.scheduleWithFixedDelay(this::beat, period(), period(), TimeUnit.NANOSECONDS);
    }

    /**
     * The queue waits for so long now. If it is longer than was asked for, that changes nothing. Called by one thread, the
     * one that closes.
     */
    void within(Duration queueWaits) {
        Duration shorter = queueWaits.compareTo(asked) < 0 ? queueWaits : asked;
        if (!shorter.equals(ackWait)) {
            ackWait = shorter;
            beats.cancel(false);
            beats = timer.scheduleWithFixedDelay(this::beat, 0, period(), TimeUnit.NANOSECONDS);
        }
    }

    private long period() {
        return Math.max(1, ackWait.toNanos() / 3);
    }

    void hold(Message message) {
        held.add(message);
    }

    /** Waits for a beat that is under way: when this returns, the queue hears nothing more of the message from here. */
    synchronized void release(Message message) {
        held.remove(message);
    }

    private void beat() {
        held.forEach(this::beat);
    }

    private synchronized void beat(Message message) {
        if (!held.contains(message)) {
            return;
        }
        try {
            message.inProgress();
        } catch (IngestException | RuntimeException e) {
            // The message may come a second time then, which does no harm.
            log.atDebug().setCause(e).log("queue could not be told that a message is being worked on");
        }
    }

    @Override
    public void close() {
        beats.cancel(true);
        timer.shutdownNow();
    }
}
