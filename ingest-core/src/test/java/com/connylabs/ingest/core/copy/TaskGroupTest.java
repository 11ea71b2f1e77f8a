package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskGroupTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MOST = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TaskGroup tasks = new TaskGroup(threads, MOST);
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whoWantsOneTooManyWaits() throws Exception {
        Thread owner = new Thread(this::startOneTooMany);
        owner.start();
        Await.until("it waits", SOON, () -> owner.getState() == Thread.State.WAITING && begun.get() == MOST);
        goOn.countDown();
        owner.join();
        tasks.await();
        assertEquals(MOST + 1, begun.get(), "tasks");
    }

    private void startOneTooMany() {
        try {
            for (int i = 0; i <= MOST; i++) {
                tasks.start(this::task);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void task() {
        begun.incrementAndGet();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
