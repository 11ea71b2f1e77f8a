package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.cli.metrics.LetterGauge;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the dead letters now and then on a thread of its own, so that nobody who asks has to wait for the queue. */
final class LetterWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LetterWatch.class);
    static final Duration PERIOD = Duration.ofSeconds(15);

    private final DeadLetters letters;
    private final Map<String, LetterGauge> gauges;
    private final Duration period;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private LetterWatch(DeadLetters letters, Map<String, LetterGauge> gauges, Duration period) {
        this.letters = letters;
        this.gauges = Map.copyOf(gauges);
        this.period = period;
        this.thread = new Thread(this::watch, "dead-letters");
        thread.setDaemon(true);
    }

    /**
     * Starts to count.
     *
     * @param gauges by workflow, who is told
     */
    static LetterWatch start(DeadLetters letters, Map<String, LetterGauge> gauges, Duration period) {
        LetterWatch watch = new LetterWatch(letters, gauges, period);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            do {
                count();
            } while (!closed.await(period.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Counts now; an earlier answer does not come later. What cannot be counted is unknown; the queue itself tells in the log
     * when it is gone.
     */
    synchronized void count() throws InterruptedException {
        for (Map.Entry<String, LetterGauge> gauge : gauges.entrySet()) {
            OptionalLong count = OptionalLong.empty();
            try {
                count = OptionalLong.of(letters.count(gauge.getKey()));
            } catch (IngestException | RuntimeException e) {
                log.atDebug()
                        .addKeyValue("workflow", gauge.getKey())
                        .setCause(e)
                        .log("dead letters cannot be counted");
            }
            gauge.getValue().set(count);
        }
    }

    /** Ends counting; does not wait for an answer that is under way. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
