package com.connylabs.ingest.cli.plugins;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, to be closed in reverse order; one that cannot be closed, or does not come back, does not keep the
 * others open. Used by one thread.
 */
final class ClosingStack implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClosingStack.class);

    /** How long all of them may take together. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private static final long LEAST_MILLIS = 500;

    private record Item(String name, AutoCloseable closeable) {}

    private final Deque<Item> items = new ArrayDeque<>();

    void add(String name, AutoCloseable closeable) {
        items.push(new Item(name, closeable));
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + MOST.toNanos();
        while (!items.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            interrupted |= closeWithin(Math.max(left, LEAST_MILLIS), items.pop());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** True if the thread was interrupted meanwhile, which does not keep anything from being closed. */
    private static boolean closeWithin(long millis, Item item) {
        Thread closing = new Thread(() -> close(item), "close-" + item.name());
        closing.setDaemon(true);
        closing.start();
        boolean interrupted = false;
        try {
            closing.join(millis);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (closing.isAlive()) {
            log.warn("closing {} takes too long, which is a fault of its plugin; left as it is", item.name());
            closing.interrupt();
        }
        return interrupted;
    }

    private static void close(Item item) {
        try {
            item.closeable().close();
        } catch (Exception | Error e) {
            log.atWarn().setCause(e).log("cannot close {}", item.name());
        }
    }
}
