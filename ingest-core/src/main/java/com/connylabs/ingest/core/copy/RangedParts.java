package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.TransientException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Parts of an object that can be read from anywhere: several are read at a time, and one that breaks off is read again. They
 * are handed out, and checked, in order.
 */
final class RangedParts implements PartSource {
    private static final int AT_A_TIME = 4;
    private static final int TRIES = 3;

    private final String id;
    private final RangeReader ranges;
    private final ContentCheck check;
    private final long total;
    private final PartBuffers buffers;
    private final int size;
    private final TaskGroup tasks;
    private final Deque<Reading> ahead = new ArrayDeque<>();
    private long offset;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reading(long offset, int length, byte[] buffer, CompletableFuture<Void> done) {}

    /** Goes on after what the check has seen; {@code total} is the length of the whole object. */
    RangedParts(
            String id,
            RangeReader ranges,
            long total,
            ContentCheck check,
            PartBuffers buffers,
            int size,
            Executor threads) {
        this.id = id;
        this.ranges = ranges;
        this.check = check;
        this.total = total;
        this.buffers = buffers;
        this.size = size;
        this.tasks = new TaskGroup(threads, AT_A_TIME);
        this.offset = check.length();
    }

    @Override
    public Optional<Filled> next() throws IngestException, InterruptedException {
        readAhead();
        if (ahead.isEmpty()) {
            check.verify(id);
            return Optional.empty();
        }
        Reading first = ahead.getFirst();
        await(first);
        ahead.removeFirst();
        check.update(first.buffer(), first.length());
        return Optional.of(new Filled(first.buffer(), first.length()));
    }

    /** Waits for memory only when nothing is read that somebody else might be waiting for. */
    private void readAhead() throws IngestException, InterruptedException {
        while (offset < total && ahead.size() < AT_A_TIME) {
            Optional<byte[]> buffer =
                    ahead.isEmpty() ? Optional.of(buffers.acquire(size)) : buffers.acquireIfFree(size);
            if (buffer.isEmpty()) {
                return;
            }
            int length = (int) Math.min(size, total - offset);
            Reading reading = new Reading(offset, length, buffer.get(), new CompletableFuture<>());
            ahead.addLast(reading);
            offset += length;
            tasks.start(() -> read(reading));
        }
    }

    private static void await(Reading reading) throws IngestException, InterruptedException {
        try {
            reading.done().get();
        } catch (ExecutionException e) {
            Failures.rethrow(e.getCause() == null ? e : e.getCause());
        }
    }

    private void read(Reading reading) {
        try {
            readWhole(reading);
            reading.done().complete(null);
        } catch (InterruptedException e) {
            reading.done().completeExceptionally(new TransientException("download " + id + ": interrupted", e));
        } catch (Throwable e) { // the owner throws it
            reading.done().completeExceptionally(e);
        }
    }

    private void readWhole(Reading reading) throws IngestException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try (InputStream in = ranges.open(reading.offset(), reading.length())) {
                if (in.readNBytes(reading.buffer(), 0, reading.length()) < reading.length()) {
                    throw new EOFException("the part ended before its length");
                }
                return;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted() || tries == TRIES) {
                    throw new TransientException(
                            "download " + id + " broke off after " + reading.offset() + " bytes: " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public long length() {
        return check.length();
    }

    @Override
    public void close() {
        boolean ended = tasks.end();
        ahead.forEach(reading -> buffers.release(reading.buffer(), ended));
        ahead.clear();
    }
}
