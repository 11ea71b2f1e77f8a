package com.connylabs.ingest.core.copy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does the same at several destinations at once, and waits for all of them but those that make no progress. */
public final class Fan {
    private final ExecutorService threads;
    private final Watch watch;

    /**
     * A fan.
     *
     * @param threads has a thread for every destination of every element that is worked on
     * @param watch ends what makes no progress on a caller's thread; its patience is that of the others too
     */
    public Fan(ExecutorService threads, Watch watch) {
        this.threads = threads;
        this.watch = watch;
    }

    ExecutorService threads() {
        return threads;
    }

    Watch watch() {
        return watch;
    }

    Duration patience() {
        return watch.patience();
    }

    /**
     * What is done at a destination.
     *
     * @param <A> the destination
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Action<A, T> {
        /**
         * Does it.
         *
         * @param at the destination
         * @param progress told whenever something moves
         * @return the result
         * @throws TargetException if it failed
         * @throws InterruptedException if the thread was interrupted
         */
        T run(A at, Progress progress) throws TargetException, InterruptedException;
    }

    /**
     * What came of it.
     *
     * @param <A> the destination
     * @param <T> the result
     * @param done the results of those that succeeded, in the order of the destinations
     * @param failure the failure that decides what is done next, or null if all succeeded
     */
    public record Outcome<A, T>(Map<A, T> done, @Nullable TargetException failure) {
        /**
         * The results, when everything succeeded.
         *
         * @return a result for every destination
         * @throws TargetException if any failed
         */
        public Map<A, T> orThrow() throws TargetException {
            if (failure != null) {
                throw failure;
            }
            return done;
        }

        /**
         * What came of this and of the same at other destinations.
         *
         * @param other the others
         * @return both together
         */
        public Outcome<A, T> and(Outcome<A, T> other) {
            Map<A, T> both = new LinkedHashMap<>(done);
            both.putAll(other.done);
            return new Outcome<>(both, failure == null ? other.failure : failure.orWorse(other.failure));
        }
    }

    /**
     * Runs an action at every destination, for what is done for each object however small: at a single one on the caller's
     * thread, because handing over to another and back costs a tenth of it.
     *
     * @param <A> the destination
     * @param <T> the result
     * @param all the destinations
     * @param name the name of a destination
     * @param action what to do
     * @return what came of it
     * @throws InterruptedException if the thread was interrupted; what was running has been interrupted too
     */
    public <A, T> Outcome<A, T> brief(List<A> all, Function<A, String> name, Action<A, T> action)
            throws InterruptedException {
        if (all.size() != 1) {
            return all(all, name, action);
        }
        A only = all.get(0);
        try {
            return new Outcome<>(Map.of(only, watch.call(only, name.apply(only), action)), null);
        } catch (TargetException e) {
            return new Outcome<>(Map.of(), e);
        }
    }

    /**
     * Runs an action at every destination, on threads of their own.
     *
     * @param <A> the destination
     * @param <T> the result
     * @param all the destinations
     * @param name the name of a destination
     * @param action what to do
     * @return what came of it
     * @throws InterruptedException if the thread was interrupted; what was running has been interrupted too
     */
    public <A, T> Outcome<A, T> all(List<A> all, Function<A, String> name, Action<A, T> action)
            throws InterruptedException {
        Map<A, Running<T>> running = new LinkedHashMap<>();
        try {
            for (A one : all) {
                running.put(one, Running.start(threads, name.apply(one), progress -> action.run(one, progress)));
            }
            Map<A, T> done = new LinkedHashMap<>();
            TargetException failure = null;
            for (Map.Entry<A, Running<T>> one : running.entrySet()) {
                try {
                    done.put(one.getKey(), one.getValue().await(patience()));
                } catch (TargetException e) {
                    failure = failure == null ? e : failure.orWorse(e);
                }
            }
            return new Outcome<>(done, failure);
        } finally {
            running.values().forEach(Running::cancel);
        }
    }
}
