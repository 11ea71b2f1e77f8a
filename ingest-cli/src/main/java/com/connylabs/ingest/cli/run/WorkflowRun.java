package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.cli.config.WorkflowConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One workflow while it runs: a thread that lists, a thread that copies, or both. */
final class WorkflowRun {
    private static final Logger log = LoggerFactory.getLogger(WorkflowRun.class);

    private final WorkflowConfig workflow;
    private final Optional<EnqueueLoop> enqueue;
    private final Optional<DequeueLoop> dequeue;
    private final boolean once;
    private final List<Thread> threads = new ArrayList<>();
    private final List<CompletableFuture<Optional<String>>> ends = new ArrayList<>();
    private final long started = System.nanoTime();
    private volatile Duration took = Duration.ZERO;
    private volatile List<String> failures = List.of();

    WorkflowRun(WorkflowConfig workflow, Optional<EnqueueLoop> enqueue, Optional<DequeueLoop> dequeue, boolean once) {
        this.workflow = workflow;
        this.enqueue = enqueue;
        this.dequeue = dequeue;
        this.once = once;
    }

    String name() {
        return workflow.name();
    }

    /** How long it ran; zero while it runs. */
    Duration took() {
        return took;
    }

    @FunctionalInterface
    private interface Body {
        Optional<String> run() throws InterruptedException;
    }

    /** Why it failed; empty while it runs, and if it did not. */
    List<String> failures() {
        return failures;
    }

    /** Starts. The answer is completed when both threads have ended. */
    CompletableFuture<?> start() {
        if (once && enqueue.isEmpty()) {
            dequeue.ifPresent(DequeueLoop::drain);
        }
        dequeue.ifPresent(loop -> thread("dequeue", () -> copy(loop)));
        enqueue.ifPresent(loop -> thread("enqueue", () -> list(loop)));
        threads.forEach(Thread::start);
        return CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
                .thenRun(this::ended);
    }

    private void ended() {
        took = Duration.ofNanos(System.nanoTime() - started);
        failures = ends.stream()
                .flatMap(end -> end.join().stream())
                .map(reason -> "workflow " + name() + ": " + reason)
                .toList();
    }

    private Optional<String> list(EnqueueLoop loop) throws InterruptedException {
        try {
            if (once) {
                return loop.once().map(reason -> "cannot list source " + workflow.source() + ": " + reason);
            }
            loop.forEver();
            return Optional.empty();
        } finally {
            if (once) {
                dequeue.ifPresent(DequeueLoop::drain);
            }
        }
    }

    private Optional<String> copy(DequeueLoop loop) throws InterruptedException {
        if (once) {
            return loop.once();
        }
        loop.forEver();
        return Optional.empty();
    }

    private void thread(String what, Body body) {
        CompletableFuture<Optional<String>> end = new CompletableFuture<>();
        ends.add(end);
        Thread thread = new Thread(
                () -> {
                    MDC.put("workflow", name());
                    try {
                        end.complete(body.run());
                    } catch (InterruptedException e) {
                        end.complete(Optional.empty()); // only a stop interrupts
                    } catch (RuntimeException | Error e) {
                        end.completeExceptionally(e);
                    }
                },
                what + "-" + name());
        thread.setDaemon(true);
        threads.add(thread);
    }

    /** Asks both threads to end: a listing at once, copying when what is running is finished. */
    void stop() {
        dequeue.ifPresent(DequeueLoop::stop);
        threads.stream()
                .filter(thread -> thread.getName().startsWith("enqueue-"))
                .forEach(Thread::interrupt);
    }

    /** Ends what has not ended by itself. */
    void interrupt() {
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                log.warn("{} has not ended in time and is interrupted", thread.getName());
                thread.interrupt();
            }
        }
    }
}
