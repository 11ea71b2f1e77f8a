package com.connylabs.ingest.core.webhook;

import static java.util.Objects.requireNonNullElse;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Tells a webhook what was stored, in groups: up to {@code batchSize} URIs, or what came together within a short time.
 * Each URI is told at least once to whoever answers with a 2xx. Safe to use from many threads; close it when nobody uses it
 * any more.
 *
 * <p>Source: connylabs/ingest, dequeue/dequeue.go, callWebhook.
 */
public final class Webhook implements AutoCloseable {
    private static final long LINGER_MILLIS = 50;

    private record Item(URI uri, CompletableFuture<Void> told) {}

    private final WebhookRequest request;
    private final int batchSize;
    private final WorkflowMetrics metrics;
    private final BlockingQueue<Item> items;
    private final Thread thread;

    /**
     * A webhook, with a thread of its own.
     *
     * @param workflow name of the workflow, for the thread's name
     * @param options whom to tell
     * @param metrics told of each request
     */
    public Webhook(String workflow, WebhookOptions options, WorkflowMetrics metrics) {
        this.request = new WebhookRequest(options);
        this.batchSize = options.batchSize();
        this.metrics = metrics;
        this.items = new ArrayBlockingQueue<>(options.batchSize());
        this.thread = new Thread(this::run, "ingest-" + workflow + "-webhook");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Tells one URI. Blocks until the request that it is part of was answered.
     *
     * @param uri where an object was stored
     * @throws IngestException if the webhook could not be told
     * @throws InterruptedException if the thread was interrupted; the webhook may have been told or not
     */
    public void tell(URI uri) throws IngestException, InterruptedException {
        Item item = new Item(uri, new CompletableFuture<>());
        items.put(item);
        try {
            item.told().get();
        } catch (ExecutionException e) {
            Throwable cause = requireNonNullElse(e.getCause(), e);
            throw new TransientException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private void run() {
        try {
            while (true) {
                call(nextGroup());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private List<Item> nextGroup() throws InterruptedException {
        List<Item> group = new ArrayList<>();
        group.add(items.take());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);
        while (group.size() < batchSize) {
            Item next = items.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            group.add(next);
        }
        return group;
    }

    private void call(List<Item> group) throws InterruptedException {
        try {
            request.post(group.stream().map(Item::uri).toList());
            metrics.webhookRequest(Result.SUCCESS);
            group.forEach(item -> item.told().complete(null));
        } catch (IngestException e) {
            metrics.webhookRequest(Result.ERROR);
            group.forEach(item -> item.told().completeExceptionally(e));
        } catch (InterruptedException e) {
            group.forEach(item -> item.told().completeExceptionally(e));
            throw e;
        } catch (RuntimeException | Error e) {
            // Else the thread would end, and everybody would wait for it.
            metrics.webhookRequest(Result.ERROR);
            TransientException failed = new TransientException("webhook could not be called: " + e, e);
            group.forEach(item -> item.told().completeExceptionally(failed));
        }
    }

    /** Ends the thread. Who still waits gets an error. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        TransientException closed = new TransientException("the webhook was closed before it was told");
        for (Item left = items.poll(); left != null; left = items.poll()) {
            left.told().completeExceptionally(closed);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
