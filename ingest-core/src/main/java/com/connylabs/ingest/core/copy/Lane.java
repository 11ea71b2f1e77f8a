package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.Upload;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The way of one large object to one destination: takes the parts in order, on a thread of its own, sends several at a time
 * where the destination takes them so, and commits only when the reader has said that the whole object was read and is sound.
 * Once it was too slow it gets nothing more, even if it recovers: what it was not given would be missing in the middle. Given
 * to and awaited by one thread.
 */
final class Lane {
    private final Target target;
    private final Codec element;
    private final ObjectAttributes attributes;
    private final Sighting seen;
    private final ExecutorService partThreads;
    private final BlockingQueue<LaneItem> items = new ArrayBlockingQueue<>(1);
    private final Running<URI> running;
    private final List<LaneItem> given = new ArrayList<>();
    private boolean dropped;

    Lane(
            Target target,
            Codec element,
            ObjectAttributes attributes,
            Sighting seen,
            ExecutorService threads,
            ExecutorService partThreads) {
        this.target = target;
        this.element = element;
        this.attributes = attributes;
        this.seen = seen;
        this.partThreads = partThreads;
        this.running = Running.start(threads, target.name(), this::run);
    }

    Target target() {
        return target;
    }

    /** Whether it takes nothing more. */
    boolean ended() {
        return dropped || running.done();
    }

    /** Hands over an item, which waits until the destination has room for it. False if the destination has failed or is too slow. */
    boolean offer(LaneItem item, Duration patience) throws InterruptedException {
        boolean idle = items.isEmpty();
        while (!ended()) {
            if (items.offer(item, 100, TimeUnit.MILLISECONDS)) {
                if (idle) {
                    running.moved();
                }
                given.removeIf(earlier -> earlier.released().get());
                given.add(item);
                return true;
            }
            dropped = running.stalledFor(patience);
        }
        return false;
    }

    URI await(Duration patience) throws TargetException, InterruptedException {
        if (dropped && !running.done()) {
            throw running.drop(patience);
        }
        return running.await(patience);
    }

    /** Ends the work if it still runs, and lets go of what was not taken; of all parts, if it does not end. */
    void close() {
        running.cancel();
        for (LaneItem left = items.poll(); left != null; left = items.poll()) {
            left.release();
        }
        if (!running.ended()) {
            given.forEach(LaneItem::giveUp);
        }
    }

    /** Stays as long as the work runs: its memory is counted no longer, and bounded by the slot of the caller. */
    void outlast(Watch watch) throws TargetException, InterruptedException {
        if (!running.ended()) {
            watch.outlast(target.name(), running::ended);
        }
    }

    private URI run(Progress progress) throws TargetException, InterruptedException {
        return Calls.at(target.name(), "store", () -> {
            if (target.storage() instanceof MultipartStorage parted) {
                return upload(parted, progress);
            }
            try (LaneStream body = new LaneStream(items, progress, element.id())) {
                return target.storage().store(element, IngestObject.of(attributes, body), seen);
            }
        });
    }

    private URI upload(MultipartStorage storage, Progress progress) throws IngestException, InterruptedException {
        try (Upload upload = storage.begin(element, attributes, seen);
                PartSenders senders = new PartSenders(upload, progress, partThreads)) {
            progress.moved();
            while (true) {
                LaneItem item = items.take();
                progress.moved(); // it was not the destination that kept it waiting
                if (item.part() == null) {
                    senders.await();
                    return upload.complete(item.soundLength(element.id()));
                }
                senders.send(item, item.part());
            }
        }
    }
}
