package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import com.connylabs.ingest.core.copy.ObjectCopy.Copied;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Copies a large object part by part: reads a part, gives it to every destination, reads the next while they send it. An
 * element waits for memory only while all the parts that it has are on their way, so waiting ends.
 */
final class PartedCopy {
    private final ExecutorService threads;
    private final PartBuffers buffers;
    private final Duration patience;

    PartedCopy(ExecutorService threads, PartBuffers buffers, Duration patience) {
        this.threads = threads;
        this.buffers = buffers;
        this.patience = patience;
    }

    /** Copies; {@code first} is full, was filled by the reader, and is released here. */
    Copied copy(
            Codec element, PartReader reader, ObjectAttributes attributes, Map<Target, Sighting> targets, byte[] first)
            throws TargetException, InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        try {
            targets.forEach((target, seen) -> lanes.add(new Lane(target, element, attributes, seen, threads)));
            pump(reader, lanes, first);
            return new Copied(collect(lanes), reader.length());
        } finally {
            lanes.forEach(Lane::close);
        }
    }

    private void pump(PartReader reader, List<Lane> lanes, byte[] first) throws TargetException, InterruptedException {
        byte[] buffer = first;
        int length = first.length;
        try {
            for (int number = 1; ; number++) {
                hand(new BufferPart(number, buffer, length, buffers, lanes.size()), lanes);
                if (ObjectCopy.fromSource(reader::ended) || lanes.stream().allMatch(Lane::ended)) {
                    break;
                }
                buffer = ObjectCopy.fromSource(() -> buffers.acquire(first.length));
                length = fill(reader, buffer);
            }
            tell(LaneItem.end(reader.length()), lanes);
        } catch (TargetException e) {
            tell(LaneItem.broken(), lanes);
            throw e;
        }
    }

    private int fill(PartReader reader, byte[] buffer) throws TargetException, InterruptedException {
        boolean filled = false;
        try {
            int length = ObjectCopy.fromSource(() -> reader.fill(buffer));
            filled = true;
            return length;
        } finally {
            if (!filled) {
                buffers.release(buffer);
            }
        }
    }

    private void hand(BufferPart part, List<Lane> lanes) throws InterruptedException {
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

    private void tell(LaneItem item, List<Lane> lanes) throws InterruptedException {
        for (Lane lane : lanes) {
            lane.offer(item, patience);
        }
    }

    private Outcome<Target, URI> collect(List<Lane> lanes) throws InterruptedException {
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
