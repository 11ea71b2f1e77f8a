package com.connylabs.ingest.core.copy;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Brings one downloaded object to several destinations. The object is read once. One that fits into a part is held whole,
 * so that a destination can send it again; a larger one goes part by part, or, to a single destination that checks it by itself, as
 * it comes. A destination that fails does not keep the
 * others from finishing. Safe to use from many threads.
 */
public final class ObjectCopy {
    /** Not a power of two: with an array's header it would take half as much again in the heap of a large machine. */
    private static final long DEFAULT_PART = 7 << 20;

    /** Whoever hangs with it keeps its memory, which others may wait for, so it may not be much. */
    private static final int MOST_BRIEF = 256 << 10;

    /** From so many parts on several are read at a time, where the source can; the connection of the first is given up then. */
    private static final int RANGED_PARTS = 16;

    private final Fan fan;
    private final ExecutorService partThreads;
    private final PartBuffers buffers;

    /**
     * What came of it.
     *
     * @param stored where it was stored, and what failed
     * @param bytes length of the object
     * @param parts how many parts each destination was sent; 0 if it was sent the object in one go
     */
    public record Copied(Outcome<Target, URI> stored, long bytes, long parts) {}

    /**
     * A copy machine.
     *
     * @param fan brings it to several destinations at once
     * @param partThreads has a thread for whatever part is read or sent
     * @param buffers the memory to use
     */
    public ObjectCopy(Fan fan, ExecutorService partThreads, PartBuffers buffers) {
        this.fan = fan;
        this.partThreads = partThreads;
        this.buffers = buffers;
    }

    /**
     * Copies an object.
     *
     * @param element the element
     * @param object the object, which the caller closes
     * @param attributes what to record with it
     * @param targets where to, at least one, and what was seen there, which must not have changed
     * @return what came of it at the destinations
     * @throws TargetException if the source failed; nothing was stored then
     * @throws InterruptedException if the thread was interrupted; nothing was stored then, or it was stored whole
     */
    public Copied copy(Codec element, IngestObject object, ObjectAttributes attributes, Map<Target, Sighting> targets)
            throws TargetException, InterruptedException {
        long part = partSize(attributes, targets.keySet());
        if (targets.size() == 1 && attributes.length().orElse(0) > part && !isRanged(object, part)) {
            Map.Entry<Target, Sighting> only = targets.entrySet().iterator().next();
            DirectCopy direct = new DirectCopy(fan);
            if (direct.worksFor(element, attributes, only.getKey())) {
                return direct.copy(element, object, attributes, only.getKey(), only.getValue());
            }
        }
        ContentCheck check = new ContentCheck(attributes);
        PartReader reader = new PartReader(element.id(), object.body(), check);
        byte[] first = fromSource(
                () -> buffers.acquire(Math.min(part, attributes.length().orElse(part))));
        boolean mine = true;
        boolean idle = false;
        try {
            int length = fromSource(() -> reader.fill(first));
            if (fromSource(reader::ended)) {
                Copied copied = whole(element, first, length, attributes, targets);
                idle = copied.stored().failure() == null;
                return copied;
            }
            PartedCopy parts = new PartedCopy(fan.threads(), partThreads, buffers, fan.watch());
            try (PartSource rest = rest(element, object, reader, check, first.length)) {
                mine = false;
                return parts.copy(element, first, rest, attributes, targets);
            } finally {
                parts.outlast();
            }
        } finally {
            if (mine) {
                buffers.release(first, idle);
            }
        }
    }

    /** What follows the first part: several parts at a time where there are many of them and the source can. */
    private PartSource rest(Codec element, IngestObject object, PartReader reader, ContentCheck check, int part)
            throws TargetException, InterruptedException {
        if (!isRanged(object, part)) {
            return new StreamedParts(reader, buffers, part);
        }
        long length = object.attributes().length().orElse(0);
        fromSource(() -> {
            reader.close();
            return length;
        });
        return new RangedParts(element.id(), object.ranges().get(), length, check, buffers, part, partThreads);
    }

    private static boolean isRanged(IngestObject object, long part) {
        return object.ranges().isPresent() && object.attributes().length().orElse(0) / part >= RANGED_PARTS;
    }

    private long partSize(ObjectAttributes attributes, Collection<Target> targets) {
        long simple = Math.min(DEFAULT_PART, Math.max(1, buffers.total() / 8));
        long largest = 0;
        for (Target target : targets) {
            long own =
                    target.storage() instanceof MultipartStorage parted ? parted.partSize(attributes.length()) : simple;
            largest = Math.max(largest, own);
        }
        return largest;
    }

    private Copied whole(
            Codec element, byte[] bytes, int length, ObjectAttributes attributes, Map<Target, Sighting> targets)
            throws InterruptedException {
        ObjectAttributes exact = attributes.withLength(length);
        List<Target> all = List.copyOf(targets.keySet());
        Fan.Action<Target, URI> store = (target, progress) -> Calls.at(target.name(), "store", () -> {
            BufferPart part = new BufferPart(1, bytes, length, buffers, Integer.MAX_VALUE);
            try (InputStream body = part.watchedBy(progress).open()) {
                IngestObject object = IngestObject.of(exact, body, part::range);
                return target.storage().store(element, object, requireNonNull(targets.get(target)));
            } catch (IOException e) {
                throw new TransientException("store " + element.id() + ": " + e, e);
            }
        });
        Outcome<Target, URI> stored =
                bytes.length <= MOST_BRIEF ? fan.brief(all, Target::name, store) : fan.all(all, Target::name, store);
        return new Copied(stored, length, 0);
    }

    /** The source's failures, and those of reading its stream, under its name. */
    static <T> T fromSource(Calls.Call<T> call) throws TargetException, InterruptedException {
        return Calls.at(TargetException.SOURCE, "download", call);
    }
}
