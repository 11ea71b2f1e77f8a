package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Enqueuer;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.cli.run.WatchedNexter.Watch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lists on a thread of its own, so that a source that does not come back is noticed. Such a listing is interrupted. One
 * that does not end then is left alone, and none is started beside it. Used by one thread, which can be interrupted at any
 * time.
 */
final class WatchedEnqueuer implements Enqueuer {
    /** How long a source may take for one element, or for the end of its listing. */
    static final Duration MOST = Duration.ofMinutes(10);

    /** How long a listing that was interrupted may take to end. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** Lists once. */
    @FunctionalInterface
    interface Lister {
        Listing list(Watch watch) throws IngestException, InterruptedException;
    }

    private final String source;
    private final Lister lister;
    private final Duration most;
    private final Duration grace;
    private @Nullable Thread hanging;
    private String hangs = "";

    /**
     * An enqueuer that has not listed.
     *
     * @param source the source's name
     * @param lister lists once, and notes what it asks of the plugin
     * @param most how long the plugin may take for one answer
     * @param grace how long it may take to end when it is interrupted
     */
    WatchedEnqueuer(String source, Lister lister, Duration most, Duration grace) {
        this.source = source;
        this.lister = lister;
        this.most = most;
        this.grace = grace;
    }

    /** Fails while a listing hangs that could not be ended. */
    void requireIdle() throws EndpointException {
        if (hanging != null && hanging.isAlive()) {
            throw new EndpointException(hangs + " has given nothing for " + Texts.duration(most)
                    + " and cannot be interrupted, which is a fault of its plugin; nothing is listed until it comes back"
                    + " or the program is started anew");
        }
        hanging = null;
    }

    @Override
    public Listing enqueue() throws IngestException, InterruptedException {
        requireIdle();
        Watch watch = new Watch();
        FutureTask<Listing> listing = new FutureTask<>(() -> lister.list(watch));
        Thread thread = start(listing);
        try {
            return await(listing, watch, thread);
        } catch (InterruptedException e) {
            // A stop, which leaves the listing time to end but does not wait for one that hangs.
            thread.interrupt();
            thread.join(grace.toMillis());
            throw e;
        }
    }

    private Thread start(FutureTask<Listing> listing) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        Thread thread = new Thread(
                () -> {
                    if (context != null) {
                        MDC.setContextMap(context);
                    }
                    listing.run();
                },
                "list-" + source);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private Listing await(FutureTask<Listing> listing, Watch watch, Thread thread)
            throws IngestException, InterruptedException {
        long tickMillis = Math.max(1, Math.min(1000, most.toMillis() / 4));
        while (true) {
            try {
                return listing.get(tickMillis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (watch.insideNanos() > most.toNanos()) {
                    giveUp(thread, watch.asked());
                }
            } catch (ExecutionException e) {
                throw rethrown(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    private void giveUp(Thread thread, String asked) throws IngestException, InterruptedException {
        thread.interrupt();
        thread.join(grace.toMillis());
        hanging = thread;
        hangs = asked;
        requireIdle();
        throw new TransientException(asked + " has given nothing for " + Texts.duration(most)
                + "; the listing was interrupted and starts afresh");
    }

    private IngestException rethrown(Throwable thrown) {
        if (thrown instanceof IngestException known) {
            return known;
        }
        if (thrown instanceof RuntimeException bug) {
            throw bug;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        // Nobody but us interrupts that thread, and we have not.
        return new TransientException("listing source " + source + " failed: " + thrown, thrown);
    }
}
