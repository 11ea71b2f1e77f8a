package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.IngestException;
import java.util.function.Supplier;

/** jnats drops without a word what an interrupted thread sends, and turns interrupts into other exceptions. */
final class Interrupts {
    private Interrupts() {}

    /** Does something short as if the thread were not interrupted; the flag is as before afterwards. */
    static <T> T shielded(Supplier<T> action) {
        boolean interrupted = Thread.interrupted();
        try {
            return action.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does something that may block, and fails as it should when the thread is interrupted. */
    static <T> T honoured(Blocking<T> action) throws IngestException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return action.run();
        } catch (IngestException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupt = new InterruptedException();
                interrupt.initCause(e);
                throw interrupt;
            }
            throw e;
        }
    }

    /** What may block. */
    @FunctionalInterface
    interface Blocking<T> {
        T run() throws IngestException, InterruptedException;
    }
}
