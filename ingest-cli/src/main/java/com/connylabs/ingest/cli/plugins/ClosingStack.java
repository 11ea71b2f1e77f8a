package com.connylabs.ingest.cli.plugins;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened, to be closed in reverse order; one that cannot be closed does not keep the others open. */
final class ClosingStack implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClosingStack.class);

    private record Item(String name, AutoCloseable closeable) {}

    private final Deque<Item> items = new ArrayDeque<>();

    void add(String name, AutoCloseable closeable) {
        items.push(new Item(name, closeable));
    }

    @Override
    public void close() {
        while (!items.isEmpty()) {
            Item item = items.pop();
            try {
                item.closeable().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception | LinkageError e) {
                log.atWarn().setCause(e).log("cannot close {}", item.name());
            }
        }
    }
}
