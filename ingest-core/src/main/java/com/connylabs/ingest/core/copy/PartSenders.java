package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends the parts of one upload, several at a time. Used by one thread; closed before the upload is. */
final class PartSenders implements AutoCloseable {
    /** One connection seldom fills a long line; more than a few take memory and little else. */
    private static final int AT_A_TIME = 4;

    private final Upload upload;
    private final Progress progress;
    private final TaskGroup tasks;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    PartSenders(Upload upload, Progress progress, Executor threads) {
        this(upload, progress, new TaskGroup(threads, AT_A_TIME));
    }

    PartSenders(Upload upload, Progress progress, TaskGroup tasks) {
        this.upload = upload;
        this.progress = progress;
        this.tasks = tasks;
    }

    /** Takes over a part and sends it; waits while as many are on their way as may be. Throws what an earlier one failed of. */
    void send(LaneItem item, BufferPart part) throws IngestException, InterruptedException {
        boolean taken = false;
        try {
            check();
            tasks.start(() -> put(item, part));
            taken = true;
        } finally {
            if (!taken) {
                item.release();
            }
        }
    }

    /** Waits until the destination has all that were sent. */
    void await() throws IngestException, InterruptedException {
        tasks.await();
        check();
    }

    /** Ends those that are on their way, however long that takes: an upload is not to be aborted while it grows. */
    @Override
    public void close() {
        boolean ended = tasks.end();
        while (!ended) {
            ended = tasks.end();
        }
    }

    private void put(LaneItem item, BufferPart part) {
        try {
            upload.put(part.watchedBy(progress));
            progress.moved();
        } catch (Throwable e) { // the owner throws it
            failure.compareAndSet(null, e);
        } finally {
            item.release();
        }
    }

    private void check() throws IngestException {
        Throwable cause = failure.get();
        if (cause == null) {
            return;
        }
        if (cause instanceof InterruptedException) {
            throw new TransientException("a part was not sent: interrupted, though nobody asked for it", cause);
        }
        Failures.rethrow(cause);
    }
}
