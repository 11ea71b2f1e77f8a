package com.connylabs.ingest.core.queue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases that one queue object has given out. They are renewed in the background until they are closed, or the queue
 * is. Safe to use from many threads.
 */
public final class Leases implements AutoCloseable {
    /** How long a lease outlives its holder. */
    public static final Duration TIME = Duration.ofSeconds(30);

    private static final Duration LAST_WAIT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    /** Where a queue keeps the leases of all processes. */
    public interface Store {
        /**
         * Takes the lease for this holder if nobody has it, or renews it if the holder has it; it is the holder's then for
         * as long as was agreed, counted from this call.
         *
         * @param workflow name of the workflow
         * @param holder a name that nobody else has
         * @return whether it is this holder's now; also true if there is no way to keep leases
         * @throws IngestException if the store cannot be asked
         * @throws InterruptedException if the thread was interrupted
         */
        boolean claim(String workflow, String holder) throws IngestException, InterruptedException;

        /**
         * Gives the lease back if the holder has it.
         *
         * @param workflow name of the workflow
         * @param holder the holder's name
         * @throws IngestException if the store cannot be asked
         * @throws InterruptedException if the thread was interrupted
         */
        void release(String workflow, String holder) throws IngestException, InterruptedException;
    }

    private final Store store;
    private final Duration time;
    private final ScheduledThreadPoolExecutor renewing;
    private final List<Held> all = new CopyOnWriteArrayList<>();

    /**
     * No leases yet.
     *
     * @param store where they are kept
     * @param time how long the store keeps one that is not renewed
     */
    public Leases(Store store, Duration time) {
        this.store = requireNonNull(store, "store");
        this.time = requireNonNull(time, "time");
        this.renewing = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ingest-leases");
            thread.setDaemon(true);
            return thread;
        });
        renewing.setRemoveOnCancelPolicy(true);
    }

    /**
     * Takes a workflow's lease if it is free.
     *
     * @param workflow name of the workflow
     * @return the lease, or empty if another has it
     * @throws IngestException if the store cannot be asked
     * @throws InterruptedException if the thread was interrupted
     */
    public Optional<Lease> take(String workflow) throws IngestException, InterruptedException {
        String holder = UUID.randomUUID().toString();
        long start = System.nanoTime();
        try {
            if (!store.claim(WorkflowName.require(workflow), holder)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            releaseLater(workflow, holder); // it may have been taken all the same
            throw e;
        }
        Held lease = new Held(workflow, holder, start);
        all.add(lease);
        return Optional.of(lease);
    }

    /** Gives back what is still held. */
    @Override
    public void close() {
        all.forEach(Held::close);
        renewing.shutdown();
    }

    private final class Held implements Lease {
        private final String workflow;
        private final String holder;
        private final Future<?> renewal;
        private volatile long renewedAt;
        private volatile boolean lost;
        private volatile boolean closed;

        Held(String workflow, String holder, long start) {
            this.workflow = workflow;
            this.holder = holder;
            this.renewedAt = start;
            long period = time.toMillis() / 3;
            this.renewal = renewing.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean held() {
            return !lost && !closed && System.nanoTime() - renewedAt < time.toNanos();
        }

        private void renew() {
            long start = System.nanoTime();
            try {
                if (lost || closed) {
                    renewal.cancel(false);
                } else if (store.claim(workflow, holder)) {
                    renewedAt = start;
                } else {
                    lost = true;
                }
            } catch (IngestException | RuntimeException e) {
                log.atDebug().addKeyValue("workflow", workflow).setCause(e).log("lease could not be renewed");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            if (all.remove(this)) {
                closed = true;
                renewal.cancel(false);
                awaitUninterruptibly(renewing.submit(this::release));
            }
        }

        /** On the thread that renews, because it must not take again what was just given back, and nobody interrupts it. */
        private void release() {
            if (!lost) {
                Leases.this.release(workflow, holder);
            }
        }
    }

    private void releaseLater(String workflow, String holder) {
        try {
            renewing.execute(() -> release(workflow, holder));
        } catch (RejectedExecutionException e) {
            log.atDebug().addKeyValue("workflow", workflow).setCause(e).log("lease ends when its time is over");
        }
    }

    private void release(String workflow, String holder) {
        try {
            store.release(workflow, holder);
        } catch (IngestException e) {
            log.atDebug().addKeyValue("workflow", workflow).setCause(e).log("lease ends when its time is over");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitUninterruptibly(Future<?> release) {
        boolean interrupted = false;
        long end = System.nanoTime() + LAST_WAIT.toNanos();
        while (true) {
            try {
                release.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException e) {
                log.atDebug().setCause(e).log("lease ends when its time is over");
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
