package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.ThrottledException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.copy.AbandonedException;
import com.connylabs.ingest.core.copy.TargetException;
import com.connylabs.ingest.core.copy.Watch;
import com.connylabs.ingest.core.dequeue.ElementCopy.Done;
import com.connylabs.ingest.core.dequeue.EndpointGate.Pass;
import com.connylabs.ingest.core.dequeue.EndpointGate.Verdict;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.wire.CodecJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sees one message to its end: acknowledged, given back, or a dead letter. Safe to use from many threads. */
final class Worker {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final int MOST_DOUBLINGS = 4;

    /** The wait of one who was told to slow down, unless the options have shorter ones. */
    private static final Backoff SLOWER = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** Whoever is told to slow down again and again says nothing new about how much an endpoint takes. */
    private static final int MOST_SIGNALS = 2;

    private final DequeuerOptions options;
    private final ElementCopy copy;
    private final Slots slots;
    private final EndpointGate gate;
    private final Attempts attempts;
    private final Undertaker undertaker;
    private final WorkflowMetrics metrics;
    private final Watch watch;
    private final Heartbeat heartbeat;

    Worker(
            DequeuerOptions options,
            ElementCopy copy,
            Slots slots,
            EndpointGate gate,
            Attempts attempts,
            Undertaker undertaker,
            WorkflowMetrics metrics,
            Watch watch,
            Heartbeat heartbeat) {
        this.options = options;
        this.copy = copy;
        this.slots = slots;
        this.gate = gate;
        this.attempts = attempts;
        this.undertaker = undertaker;
        this.metrics = metrics;
        this.watch = watch;
        this.heartbeat = heartbeat;
    }

    /** Works a message off. When interrupted, gives it back and returns with the interrupt flag set. */
    void work(Message message) {
        Instant begin = Instant.now();
        try {
            CodecJson.Body body;
            try {
                body = CodecJson.read(message.data());
            } catch (PermanentException e) {
                undertaker.buryUnreadable(message, String.valueOf(e.getMessage()), begin);
                return;
            }
            work(message, body, attempts.met(body.element().id(), message.deliveries()));
        } catch (InterruptedException e) {
            giveBack(message, Duration.ZERO);
            Thread.currentThread().interrupt();
        } catch (AbandonedException e) {
            slots.cameBack();
            log.atInfo().addKeyValue("reason", e.getMessage()).log("a slot is free again");
        } catch (RuntimeException | Error e) {
            metrics.dequeueAttempt(Result.ERROR);
            log.atError().setCause(e).log("fault in the program; the message is tried again");
            giveBack(message, options.retries().backoff().after(message.deliveries()));
        }
    }

    private void work(Message message, CodecJson.Body body, Instant first) throws InterruptedException {
        slots.enter();
        try {
            tryUntilDecided(message, body, first);
        } finally {
            slots.leave();
        }
    }

    private void tryUntilDecided(Message message, CodecJson.Body body, Instant first) throws InterruptedException {
        Codec element = body.element();
        boolean again = body.replayed() || message.deliveries() > 1;
        Pass pass = new Pass(element.id());
        while (true) {
            if (!gate.enter(pass)) {
                attempts.forgive(element.id(), message.deliveries()); // nobody tried it
                giveBack(message, Duration.ZERO);
                return;
            }
            Verdict verdict = Verdict.ELEMENT;
            boolean done = false;
            try {
                finish(message, element, copied(message, element, pass, first, again));
                done = true;
                slots.done();
                return;
            } catch (TargetException e) {
                verdict = verdict(pass, e);
                if (verdict == Verdict.ELEMENT) {
                    failed(message, element, e, first);
                }
            } finally {
                gate.leave(pass, done);
            }
            if (verdict == Verdict.MAKE_ROOM) {
                makeRoom(message, element);
            }
            if (verdict == Verdict.THROTTLED) {
                slots.step(options.retries().backoff().orSooner(SLOWER).after(pass.refusals()));
            } else if (verdict != Verdict.WAIT) {
                return;
            }
            again = true;
        }
    }

    private Done copied(Message message, Codec element, Pass pass, Instant first, boolean again)
            throws TargetException, InterruptedException {
        try (var ignored = watch.leavingTo(why -> leftBehind(message, element, pass, first, why))) {
            return copy.run(element, again);
        } catch (InterruptedException e) {
            if (gate.closed()) {
                throw e;
            }
            // Only the end of everything interrupts a worker, and a plugin that has caught what was meant for itself.
            throw new TargetException(
                    "(plugin)",
                    "copy",
                    new TransientException("a plugin says that it was interrupted, which is a fault of it", e));
        }
    }

    /** On another thread, while the worker's hangs. It keeps its slot, so that no more than so many can hang. */
    private void leftBehind(Message message, Codec element, Pass pass, Instant first, TargetException why) {
        try (var ignored = MDC.putCloseable("workflow", options.workflow())) {
            gate.leave(pass, false);
            failed(message, element, why, first);
        } catch (InterruptedException e) {
            giveBack(message, Duration.ZERO);
            Thread.currentThread().interrupt();
        } finally {
            heartbeat.release(message);
            slots.leaveBehind();
        }
    }

    private Verdict verdict(Pass pass, TargetException e) {
        if (!(e.failure() instanceof EndpointException)) {
            return Verdict.ELEMENT;
        }
        log.atDebug()
                .addKeyValue("endpoint", e.endpoint())
                .setCause(e.failure())
                .log("endpoint failed an element");
        String endpoint = Endpoints.key(e.endpoint(), e.operation());
        String reason = String.valueOf(e.getMessage());
        if (!(e.failure() instanceof ThrottledException)) {
            return gate.failed(pass, endpoint, reason);
        }
        Verdict verdict = gate.throttled(pass, endpoint, reason);
        if (pass.refusals() <= MOST_SIGNALS) {
            slots.throttled(pass.entered(), endpoint, reason);
        }
        return verdict;
    }

    private void finish(Message message, Codec element, Done done) throws InterruptedException {
        try {
            message.ack();
        } catch (IngestException e) {
            // Everything is done; the queue delivers the message again, and it will be found done.
            log.atInfo()
                    .addKeyValue("element", element.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("element is done, but the queue did not confirm it; it will be looked at again");
            return;
        }
        forget(element);
        count(done);
        log.atDebug()
                .addKeyValue("element", element.id())
                .addKeyValue("result", done)
                .log("element done");
    }

    private void forget(Codec element) {
        attempts.forget(element.id());
        gate.forget(element.id());
    }

    private void count(Done done) {
        metrics.dequeueAttempt(Result.SUCCESS);
        if (done instanceof Done.Stored stored) {
            metrics.copied(stored.bytes());
        } else if (done instanceof Done.Present) {
            metrics.skipped();
        } else {
            metrics.gone();
        }
    }

    private void failed(Message message, Codec element, TargetException e, Instant first) throws InterruptedException {
        metrics.dequeueAttempt(Result.ERROR);
        long attempt = attempts.count(element.id(), message.deliveries());
        if (attempt >= options.retries().attempts() || e.failure() instanceof PermanentException) {
            forget(element);
            undertaker.bury(message, letter(message, element, e, attempt, first));
            return;
        }
        Duration delay = options.retries().backoff().after(attempt);
        log.atWarn()
                .addKeyValue("element", element.id())
                .addKeyValue("endpoint", e.endpoint())
                .addKeyValue("attempt", attempt + " of " + options.retries().attempts())
                .addKeyValue("reason", e.getMessage())
                .addKeyValue("retryInMillis", delay.toMillis())
                .log("element failed; it is tried again");
        giveBack(message, delay);
    }

    private DeadLetter letter(Message message, Codec element, TargetException e, long attempt, Instant first) {
        Optional<String> destination = e.endpoint().startsWith("(") ? Optional.empty() : Optional.of(e.endpoint());
        return new DeadLetter(
                options.workflow(),
                element.id(),
                message.data(),
                destination,
                String.valueOf(e.getMessage()),
                attempt,
                first,
                Instant.now());
    }

    /** Gives a message back that has had its turn, for longer each time, so that those behind it get theirs. */
    private void makeRoom(Message message, Codec element) {
        long times = Math.min(attempts.forgive(element.id(), message.deliveries()), MOST_DOUBLINGS);
        giveBack(message, options.retries().backoff().most().multipliedBy(1L << times));
    }

    /** It is released first: a sign of life behind its return would keep it from everybody for an ack wait. */
    private void giveBack(Message message, Duration delay) {
        heartbeat.release(message);
        try {
            message.nak(delay);
        } catch (IngestException e) {
            log.atDebug().setCause(e).log("message could not be given back; it comes back after the ack wait");
        }
    }
}
