package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.cli.logging.Terminal;
import com.connylabs.ingest.cli.metrics.Tally.Counts;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A line on the terminal that says once a second how far the run is. Shows nothing where nobody looks. */
final class Progress implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final Terminal terminal;
    private final List<Workflow> workflows;
    private final long started = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private long lastTime = started;
    private Counts last = new Counts(0, 0, 0, 0, 0, 0, 0);

    private Progress(Terminal terminal, List<Workflow> workflows) {
        this.terminal = terminal;
        this.workflows = workflows;
    }

    static Progress start(Terminal terminal, List<Workflow> workflows) {
        Progress progress = new Progress(terminal, workflows);
        if (terminal.interactive()) {
            Thread thread = new Thread(progress::showUntilClosed, "progress");
            thread.setDaemon(true);
            thread.start();
        }
        return progress;
    }

    private void showUntilClosed() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                show();
            }
            terminal.status("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        long now = System.nanoTime();
        Counts counts = workflows.stream()
                .map(workflow -> workflow.tally().counts())
                .reduce(new Counts(0, 0, 0, 0, 0, 0, 0), Counts::plus);
        double seconds = (now - lastTime) / NANOS;
        terminal.status(line(counts, last, seconds, Duration.ofNanos(now - started)) + paused());
        lastTime = now;
        last = counts;
    }

    static String line(Counts now, Counts before, double seconds, Duration elapsed) {
        long rate = Math.round((now.copied() - before.copied()) / seconds);
        long bytes = Math.round((now.bytes() - before.bytes()) / seconds);
        return "%s  listed %d  queued %d  copied %d (%s; %d/s, %s/s)  skipped %d  given up %d"
                .formatted(
                        Texts.duration(elapsed.truncatedTo(ChronoUnit.SECONDS)),
                        now.listed(),
                        now.queued(),
                        now.copied(),
                        Texts.bytes(now.bytes()),
                        rate,
                        Texts.bytes(bytes),
                        now.skipped(),
                        now.givenUp());
    }

    private String paused() {
        String names = workflows.stream()
                .filter(workflow -> workflow.tally().paused())
                .map(Workflow::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "  paused: " + names;
    }

    @Override
    public void close() {
        closed.countDown();
        terminal.status("");
    }
}
