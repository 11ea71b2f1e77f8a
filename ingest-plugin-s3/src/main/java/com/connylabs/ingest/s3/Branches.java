package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a bucket that are behind one of them, read several at a time and given out in order. No more are begun
 * when that costs too many requests, or when the store does something surprising. Used by one thread, which closes it.
 */
final class Branches implements AutoCloseable {
    static final int AT_A_TIME = 8;
    /** One more at a time after so many pages of the listing, lest much is in vain when a short one is given up. */
    private static final int PAGES_FOR_ANOTHER = 20;

    private final PageRequests requests;
    private final String base;
    private final int depth;
    private final Deque<Branch> plan = new ArrayDeque<>();
    private @Nullable Levels levels;
    private boolean complete;
    private int turned;

    /**
     * Nothing is asked for yet.
     *
     * @param base what all of them begin with
     * @param reached the branch that they are behind
     * @param byBytes whether it is known that the store does not list directory by directory
     */
    Branches(PageRequests requests, String base, String reached, boolean byBytes) {
        this.requests = requests;
        this.base = base;
        this.levels = new Levels(requests, base, reached, byBytes);
        this.depth = levels.depth();
    }

    /** How many slashes they have behind the base. */
    int depth() {
        return depth;
    }

    /** Begins as many as there may be at a time. */
    void begin() throws InterruptedException {
        long most = Math.min(AT_A_TIME, 1 + requests.cost().requests() / PAGES_FOR_ANOTHER);
        while (levels != null && plan.size() < 2 * AT_A_TIME && reading() < most) {
            if (requests.cost().allows(1)) {
                step(levels);
            } else {
                levels = null;
            }
        }
    }

    private void step(Levels from) throws InterruptedException {
        try {
            Level.Step step = from.next();
            if (step == null) {
                complete = true;
                levels = null;
                return;
            }
            if (!step.objects().isEmpty()) {
                plan.add(Branch.of(requests, base, step.objects()));
            }
            if (step.prefix() != null) {
                plan.add(Branch.read(requests, step.prefix()));
            }
        } catch (IngestException e) {
            levels = null; // whoever lists without branches meets it again, if it matters
        }
    }

    private long reading() {
        return plan.stream().filter(Branch::isRead).count();
    }

    /** Whether there is nothing to be given out, and nothing that could be. */
    boolean isEmpty() {
        return plan.isEmpty() && levels == null;
    }

    /** Whether there is nothing behind the last one that was begun. */
    boolean isComplete() {
        return complete;
    }

    /** The first key; null if there is none. */
    @Nullable
    String first() throws IngestException, InterruptedException {
        for (Branch branch = front(); branch != null; branch = front()) {
            List<ListedObject> page = branch.peek();
            if (page != null && !page.isEmpty()) {
                return page.get(0).key();
            }
            if (page == null) {
                drop();
            } else {
                branch.next();
            }
        }
        return null;
    }

    /** The next page, which may be empty; null if there is no branch left. */
    @Nullable
    List<ListedObject> next() throws IngestException, InterruptedException {
        for (Branch branch = front(); branch != null; branch = front()) {
            List<ListedObject> page = branch.next();
            if (page != null) {
                turned++;
                return page;
            }
            drop();
        }
        return null;
    }

    /** What the keys of the last page have to begin with. */
    String prefix() {
        Branch branch = plan.peek();
        return branch == null ? base : branch.prefix();
    }

    /** How many pages of that branch were given out. */
    int turned() {
        return turned;
    }

    /** How many objects wait. */
    long waiting() {
        return plan.stream().mapToLong(Branch::waiting).sum();
    }

    private @Nullable Branch front() throws InterruptedException {
        begin();
        return plan.peek();
    }

    private void drop() {
        plan.remove().close();
        turned = 0;
    }

    /** Ends their threads. Safe to call twice. */
    @Override
    public void close() {
        levels = null;
        plan.forEach(Branch::close); // first, because they read on meanwhile
        requests.cost().discard(waiting());
        plan.clear();
    }
}
