package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** One destination or several: none that hangs keeps the others, or the worker. */
class FanTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration LATE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Watch> watches = new ArrayList<>();

    private Fan fan(Duration patience) {
        Watch watch = new Watch(patience, Duration.ofSeconds(20), threads);
        watches.add(watch);
        return new Fan(threads, watch);
    }

    @AfterEach
    void end() {
        watches.forEach(Watch::close);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatMakesNoProgressIsDropped(int destinations) throws Exception {
        List<String> all = List.of("hangs", "b", "c").subList(0, destinations);
        CountDownLatch interrupted = new CountDownLatch(1);
        Outcome<String, String> outcome = fan(SOON).all(all, name -> name, (name, progress) -> {
            if (name.equals("hangs")) {
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.countDown();
                }
            }
            return name;
        });
        assertEquals(all.subList(1, destinations), List.copyOf(outcome.done().keySet()), "the others have finished");
        TargetException failure = outcome.failure();
        assertTrue(failure != null && failure.endpoint().equals("hangs"), "who is to blame: " + failure);
        assertInstanceOf(TransientException.class, failure.failure(), "it is tried again");
        assertTrue(interrupted.await(10, TimeUnit.SECONDS), "and it is told to end");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatIsSlowButMovesIsWaitedFor(int destinations) throws Exception {
        List<String> all = List.of("a", "b").subList(0, destinations);
        Outcome<String, Integer> outcome = fan(SOON).all(all, name -> name, (name, progress) -> {
            CountDownLatch never = new CountDownLatch(1);
            int moves = 0;
            while (moves < 40 && !never.await(100, TimeUnit.MILLISECONDS)) {
                progress.moved();
                moves++;
            }
            return moves;
        });
        assertEquals(destinations, outcome.orThrow().size(), "done");
    }

    @Test
    void whatIsBriefIsDoneAtOneDestinationOnTheCallersThread() throws Exception {
        Map<String, Thread> seen = fan(LATE)
                .brief(List.of("a"), name -> name, (name, progress) -> Thread.currentThread())
                .orThrow();
        assertEquals(Map.of("a", Thread.currentThread()), seen, "nothing is handed over");
        CountDownLatch both = new CountDownLatch(2);
        fan(LATE)
                .brief(List.of("a", "b"), name -> name, (name, progress) -> {
                    both.countDown();
                    both.await();
                    return name;
                })
                .orThrow();
    }

    @Test
    void logLinesStillSayWhichWorkflow() throws Exception {
        MDC.put("workflow", "w");
        try {
            Map<String, String> seen = fan(LATE)
                    .all(List.of("a"), name -> name, (name, progress) -> String.valueOf(MDC.get("workflow")))
                    .orThrow();
            assertEquals(Map.of("a", "w"), seen, "the context of the worker's thread");
        } finally {
            MDC.clear();
        }
    }
}
