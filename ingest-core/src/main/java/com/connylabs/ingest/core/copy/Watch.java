package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Fan.Action;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches calls that workers make on their own threads. One that makes no progress is interrupted. Where that does not end it, its
 * worker is told off: what is to become of the element is decided without it, and when the call returns at last, nothing
 * more comes of it. Safe to use from many threads.
 */
public final class Watch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Duration patience;
    private final Duration ending;
    private final ExecutorService threads;
    private final Set<WatchedCall> calls = ConcurrentHashMap.newKeySet();
    private final Map<Thread, Consumer<TargetException>> takers = new ConcurrentHashMap<>();
    private final Future<?> looks;
    private volatile boolean over;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ingest-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A watch, which has a thread of its own until it is closed.
     *
     * @param patience how long a call may make no progress before it is interrupted
     * @param ending how long it may take to end then
     * @param threads where it is decided what becomes of an element whose worker does not come back
     */
    public Watch(Duration patience, Duration ending, ExecutorService threads) {
        this.patience = patience;
        this.ending = ending;
        this.threads = threads;
        long nanos = Math.min(LOOK.toNanos(), 1 + patience.toNanos() / 2);
        this.looks = timer.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends what somebody {@linkplain #leavingTo has left to him}. */
    public interface Will extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Says who takes over from this thread, if a call hangs that it makes before the result is closed.
     *
     * @param taker told why, on another thread; the call, should it return, throws {@link AbandonedException}
     * @return to be closed by this thread
     */
    public Will leavingTo(Consumer<TargetException> taker) {
        Thread owner = Thread.currentThread();
        takers.put(owner, taker);
        return () -> takers.remove(owner);
    }

    /** From now on all workers are interrupted: whatever a call says that fails, that is why. */
    public void end() {
        over = true;
    }

    Duration patience() {
        return patience;
    }

    /** Makes a call on this thread. */
    <A, T> T call(A at, String name, Action<A, T> action) throws TargetException, InterruptedException {
        WatchedCall call = new WatchedCall(name, takers.get(Thread.currentThread()));
        calls.add(call);
        try {
            T result = action.run(at, call.progress());
            call.end();
            return result;
        } catch (Throwable e) {
            boolean stalled = call.end();
            if (over) {
                throw interrupted(name, e);
            }
            if (stalled) {
                TargetException dropped = stalled(name, patience, "was dropped for now");
                dropped.addSuppressed(e);
                throw dropped;
            }
            throw e;
        } finally {
            calls.remove(call);
        }
    }

    /** Stays on this thread until something has ended that nobody can end. Others take over meanwhile, as from a call that hangs. */
    void outlast(String name, BooleanSupplier ended) throws TargetException, InterruptedException {
        call(ended, name, (what, progress) -> {
            while (!what.getAsBoolean()) {
                if (over) {
                    throw new InterruptedException("still running: " + name);
                }
                pause();
            }
            return true;
        });
    }

    /** The watch's own interrupt does not end it: the slot is not free. */
    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            // looked at again
        }
    }

    static TargetException stalled(String name, Duration patience, String then) {
        return new TargetException(
                name,
                "progress",
                new TransientException("made no progress for " + patience.toSeconds() + " s and " + then));
    }

    private static InterruptedException interrupted(String name, Throwable said) {
        InterruptedException interrupted = new InterruptedException("interrupted at " + name);
        interrupted.addSuppressed(said);
        return interrupted;
    }

    private void look() {
        for (WatchedCall call : calls) {
            if (call.interruptIfStalled(patience) || !call.abandonIfDeaf(ending)) {
                continue;
            }
            TargetException why =
                    stalled(call.name, patience, "cannot be interrupted; it keeps its slot until it ends");
            Consumer<TargetException> taker = call.taker();
            if (taker != null && !threads.isShutdown()) {
                threads.execute(() -> taker.accept(why));
            }
        }
    }

    @Override
    public void close() {
        looks.cancel(true);
        timer.shutdownNow();
    }

    /** A call, guarded by itself: nobody is interrupted after its end. */
    private static final class WatchedCall {
        private final String name;
        private final @Nullable Consumer<TargetException> taker;
        private final Thread thread = Thread.currentThread();
        private final Progress progress = new Progress();
        private long told;
        private boolean interrupted;
        private boolean abandoned;
        private boolean ended;

        WatchedCall(String name, @Nullable Consumer<TargetException> taker) {
            this.name = name;
            this.taker = taker;
        }

        Progress progress() {
            return progress;
        }

        @Nullable
        Consumer<TargetException> taker() {
            return taker;
        }

        synchronized boolean interruptIfStalled(Duration patience) {
            if (ended || interrupted || !progress.stalledFor(patience)) {
                return false;
            }
            interrupted = true;
            told = System.nanoTime();
            thread.interrupt();
            return true;
        }

        /** True once. */
        synchronized boolean abandonIfDeaf(Duration ending) {
            boolean deaf = interrupted && !ended && System.nanoTime() - told > ending.toNanos();
            if (!deaf || abandoned || taker == null) {
                return false;
            }
            abandoned = true;
            return true;
        }

        /** The call has returned; says whether it was interrupted here, which is over then. */
        @SuppressWarnings("ResultOfMethodCallIgnored")
        synchronized boolean end() {
            ended = true;
            if (interrupted) {
                Thread.interrupted();
            }
            if (abandoned) {
                throw new AbandonedException(name);
            }
            return interrupted;
        }
    }
}
