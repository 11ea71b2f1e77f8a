package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;

/** Calls into plugins, whose failures always come out as one of ours. */
public final class Calls {
    private Calls() {}

    /**
     * A call into a plugin.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    public interface Call<T> {
        /**
         * Makes the call.
         *
         * @return its result
         * @throws IngestException if it failed
         * @throws InterruptedException if the thread was interrupted
         */
        T run() throws IngestException, InterruptedException;
    }

    /**
     * Makes a call, and names the endpoint in what it throws. A plugin that throws something else than it may, an {@link
     * Error} included, has failed with this element and no other.
     *
     * @param <T> what it returns
     * @param endpoint name of the destination, or {@link TargetException#SOURCE}
     * @param operation what is done, for example {@code stat}
     * @param call the call
     * @return its result
     * @throws TargetException if it failed
     * @throws InterruptedException if the thread was interrupted
     */
    public static <T> T at(String endpoint, String operation, Call<T> call)
            throws TargetException, InterruptedException {
        try {
            return call.run();
        } catch (IngestException e) {
            throw new TargetException(endpoint, operation, e);
        } catch (RuntimeException | Error e) {
            throw new TargetException(
                    endpoint,
                    operation,
                    new TransientException(operation + " failed in the plugin, which is a fault of it: " + e, e));
        }
    }
}
