package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.TransientException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a lane is given: a part, or the end of the object.
 *
 * @param part the part, or null at the end
 * @param length at the end, bytes of the whole object; negative if the object must not be stored
 * @param released whether the lane is done with it
 */
record LaneItem(@Nullable BufferPart part, long length, AtomicBoolean released) {
    private LaneItem(@Nullable BufferPart part, long length) {
        this(part, length, new AtomicBoolean());
    }

    static LaneItem of(BufferPart part) {
        return new LaneItem(part, 0);
    }

    static LaneItem end(long length) {
        return new LaneItem(null, length);
    }

    static LaneItem broken() {
        return new LaneItem(null, -1);
    }

    /** The length of the whole object, if it was read to its end and is sound. */
    long soundLength(String id) throws TransientException {
        if (length < 0) {
            throw new TransientException("store " + id + ": not completed, because its download failed");
        }
        return length;
    }

    /** The lane is done with it. Once, whoever says so first. */
    void release() {
        if (part != null && !released.getAndSet(true)) {
            part.release();
        }
    }

    /** The lane may still be reading it, and nobody waits for that any longer. */
    void giveUp() {
        if (part != null && !released.getAndSet(true)) {
            part.giveUp();
        }
    }
}
