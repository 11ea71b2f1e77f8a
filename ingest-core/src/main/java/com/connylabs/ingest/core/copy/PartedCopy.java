package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import com.connylabs.ingest.core.copy.ObjectCopy.Copied;
import com.connylabs.ingest.core.copy.PartSource.Filled;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Copies a large object part by part: reads a part, gives it to every destination, reads the next ones while they send it.
 * An element waits for memory only while all the parts that it has are on their way, so waiting ends. Used once.
 */
final class PartedCopy {
    private final ExecutorService threads;
    private final ExecutorService partThreads;
    private final PartBuffers buffers;
    private final Watch watch;
    private final Duration patience;
    private final List<Lane> lanes = new ArrayList<>();

    PartedCopy(ExecutorService threads, ExecutorService partThreads, PartBuffers buffers, Watch watch) {
        this.threads = threads;
        this.partThreads = partThreads;
        this.buffers = buffers;
        this.watch = watch;
        this.patience = watch.patience();
    }

    /** Copies; {@code first} is the first part, full, and is released here. */
    Copied copy(
            Codec element, byte[] first, PartSource rest, ObjectAttributes attributes, Map<Target, Sighting> targets)
            throws TargetException, InterruptedException {
        try {
            targets.forEach(
                    (target, seen) -> lanes.add(new Lane(target, element, attributes, seen, threads, partThreads)));
            pump(first, rest);
            return new Copied(collect(), rest.length(), (rest.length() + first.length - 1) / first.length);
        } finally {
            lanes.forEach(Lane::close);
        }
    }

    /** After the copy, when nothing else is kept: stays as long as there are destinations that cannot be ended. */
    void outlast() throws TargetException, InterruptedException {
        for (Lane lane : lanes) {
            lane.outlast(watch);
        }
    }

    private void pump(byte[] first, PartSource rest) throws TargetException, InterruptedException {
        hand(new BufferPart(1, first, first.length, buffers, lanes.size()));
        try {
            for (int number = 2; !lanes.stream().allMatch(Lane::ended); number++) {
                Optional<Filled> next = ObjectCopy.fromSource(rest::next);
                if (next.isEmpty()) {
                    break;
                }
                Filled part = next.get();
                hand(new BufferPart(number, part.buffer(), part.length(), buffers, lanes.size()));
            }
            tell(LaneItem.end(rest.length()));
        } catch (TargetException e) {
            tell(LaneItem.broken());
            throw e;
        }
    }

    private void hand(BufferPart part) throws InterruptedException {
        int handed = 0;
        try {
            for (Lane lane : lanes) {
                if (!lane.offer(LaneItem.of(part), patience)) {
                    part.release();
                }
                handed++;
            }
        } finally {
            for (; handed < lanes.size(); handed++) {
                part.release();
            }
        }
    }

    private void tell(LaneItem item) throws InterruptedException {
        for (Lane lane : lanes) {
            lane.offer(item, patience);
        }
    }

    private Outcome<Target, URI> collect() throws InterruptedException {
        Map<Target, URI> done = new LinkedHashMap<>();
        TargetException failure = null;
        for (Lane lane : lanes) {
            try {
                done.put(lane.target(), lane.await(patience));
            } catch (TargetException e) {
                failure = failure == null ? e : failure.orWorse(e);
            }
        }
        return new Outcome<>(done, failure);
    }
}
