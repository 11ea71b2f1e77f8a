package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The prefixes of one depth that are behind one of them, and the objects between them, in order. Used by one thread. */
final class Levels {
    private final PageRequests requests;
    private final int base;
    private final int depth;
    private final boolean byBytes;
    private final Deque<Level> levels = new ArrayDeque<>();

    /**
     * Nothing is asked for yet.
     *
     * @param base what all of them begin with
     * @param reached the prefix that they are behind, which ends with the slash that makes the depth
     * @param byBytes whether it is known that the store does not list directory by directory
     */
    Levels(PageRequests requests, String base, String reached, boolean byBytes) {
        this.requests = requests;
        this.base = base.length();
        this.depth = depth(reached);
        this.byBytes = byBytes;
        String parent = base;
        for (int slash = reached.indexOf('/', this.base); slash >= 0; slash = reached.indexOf('/', slash + 1)) {
            String child = reached.substring(0, slash + 1);
            levels.push(Level.behind(requests, parent, byBytes, child));
            parent = child;
        }
    }

    int depth() {
        return depth;
    }

    /** What comes next, with some requests as the case may be; null at the end. */
    Level.@Nullable Step next() throws IngestException, InterruptedException {
        for (Level level = levels.peek(); level != null; level = levels.peek()) {
            Level.Step step = level.next();
            if (step == null) {
                levels.pop();
            } else if (step.prefix() != null && depth(step.prefix()) < depth) {
                levels.push(Level.below(requests, step.prefix(), byBytes));
                return new Level.Step(step.objects(), null);
            } else {
                return step;
            }
        }
        return null;
    }

    private int depth(String prefix) {
        return (int) prefix.chars().skip(base).filter(c -> c == '/').count();
    }
}
