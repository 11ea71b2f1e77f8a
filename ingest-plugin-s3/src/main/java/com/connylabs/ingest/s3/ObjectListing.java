package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listing, a page at a time, in the store's order. It begins as {@link ObjectPages}. One that proves to be long goes on
 * as {@link Branches}, as long as the store does what it should and they cost next to nothing; else as it began, from where
 * it is. Used by one thread, which closes it.
 */
final class ObjectListing implements AutoCloseable {
    /** After so many pages it is worth a thought. */
    private static final int LONG = 20;

    private final PageRequests requests;
    private final String base;
    private final boolean divisible;
    private final Shape shape;
    /** What is listed now, up to the branches if there are any. */
    private @Nullable ObjectPages flat;

    private @Nullable Branches branches;
    private String bound = "";
    private int wait = LONG;
    private @Nullable String first;
    private boolean resumed;
    /** Whether what comes was given out before. */
    private boolean repeats;

    private ObjectListing(PageRequests requests, String base, boolean divisible, ObjectPages flat) {
        this.requests = requests;
        this.base = base;
        this.divisible = divisible;
        this.shape = new Shape(base);
        this.flat = flat;
    }

    /** Fetches the first page of everything that begins with a prefix. */
    static ObjectListing open(PageRequests requests, String prefix) throws IngestException, InterruptedException {
        ObjectPages flat = ObjectPages.open(requests, PageRequest.everything(prefix));
        return new ObjectListing(requests, prefix, true, flat);
    }

    /** As {@link #open}, without the keys up to one. */
    static ObjectListing openAfter(PageRequests requests, String prefix, String key)
            throws IngestException, InterruptedException {
        return new ObjectListing(requests, prefix, true, after(requests, prefix, key));
    }

    /** As {@link #open}, without what has another slash after the prefix. */
    static ObjectListing openLevel(PageRequests requests, String prefix) throws IngestException, InterruptedException {
        ObjectPages flat = ObjectPages.open(requests, PageRequest.level(prefix));
        return new ObjectListing(requests, prefix, false, flat);
    }

    private static ObjectPages after(PageRequests requests, String prefix, String key)
            throws IngestException, InterruptedException {
        return ObjectPages.open(requests, PageRequest.everything(prefix).behind(key));
    }

    /** The next page, which may be empty; null after the last one. */
    @Nullable
    List<ListedObject> next() throws IngestException, InterruptedException {
        List<ListedObject> page = flat == null && branches != null ? ofBranches(branches) : null;
        return page == null && flat != null ? ofFlat(flat) : page;
    }

    /** Whether there may be another page after the last one that was given out. */
    boolean hasMore() {
        return branches != null || (flat != null && flat.hasMore());
    }

    private @Nullable List<ListedObject> ofFlat(ObjectPages pages) throws IngestException, InterruptedException {
        List<ListedObject> page = pages.next();
        if (page == null) {
            close();
            return null;
        }
        if (!page.isEmpty()) {
            begin(page.get(0).key());
        }
        if (repeats) {
            page = afterLast(page);
        }
        if (branches != null) {
            page = upTo(branches, pages, page);
        }
        shape.add(page);
        if (branches == null && divisible && shape.pages() >= wait && shape.isOrdered() && pages.hasMore()) {
            divide();
        }
        return page;
    }

    /** A store that ignores where to go on begins anew. One that does not may go on with any key: it has its own order. */
    private void begin(String key) {
        if (first == null) {
            first = key;
        }
        if (resumed) {
            resumed = false;
            repeats = key.equals(first);
        }
    }

    /** What is behind the last key that was given out; a key too many is better than one too few. */
    private List<ListedObject> afterLast(List<ListedObject> page) {
        for (int i = 0; i < page.size(); i++) {
            String key = page.get(i).key();
            boolean isLast = key.equals(shape.last());
            if (isLast || Shape.ORDER.compare(key, shape.last()) > 0 || key.compareTo(shape.last()) > 0) {
                repeats = false;
                return page.subList(isLast ? i + 1 : i, page.size());
            }
        }
        return List.of();
    }

    /** What is before the branches. That they begin with what comes next proves that nothing is left out between. */
    private List<ListedObject> upTo(Branches behind, ObjectPages pages, List<ListedObject> page)
            throws InterruptedException {
        int end = 0;
        while (end < page.size() && page.get(end).key().startsWith(bound)) {
            end++;
        }
        if (end == page.size()) {
            if (isWorthDividing(behind)) {
                leaveBranches(behind);
            } else {
                behind.begin();
            }
            return page;
        }
        if (!beginsWith(behind, page.get(end).key())) {
            leaveBranches(behind);
            wait *= 2;
            return page;
        }
        pages.close();
        flat = null;
        requests.cost().discard(page.size() - end);
        return page.subList(0, end);
    }

    private static boolean beginsWith(Branches behind, String key) throws InterruptedException {
        try {
            return key.equals(behind.first());
        } catch (IngestException e) {
            return false; // the flat listing meets it again, if it lasts
        }
    }

    private void divide() throws InterruptedException {
        int depth = shape.depth();
        if (depth > 0 && requests.cost().allows(depth + 1)) {
            bound = shape.branch(depth);
            branches = new Branches(requests, base, bound, shape.isByBytes());
            branches.begin();
            if (branches.isEmpty()) {
                leaveBranches(branches);
                wait *= 2;
            }
        }
        shape.restart();
    }

    private @Nullable List<ListedObject> ofBranches(Branches from) throws IngestException, InterruptedException {
        List<ListedObject> page = from.next();
        if (page == null && from.isComplete()) {
            close();
            return null;
        }
        if (page == null || !shape.goesOnWith(page, from.prefix())) {
            if (page != null) {
                shape.spoil();
            }
            resume(from);
            return null;
        }
        shape.add(page);
        if (from.turned() == 1) {
            shape.restart(); // how the branch begins says nothing about what is in it
        }
        if (isWorthDividing(from)) {
            resume(from);
        }
        return page;
    }

    /** Whether a branch is so long that what is behind it is better read again later, after its own branches. */
    private boolean isWorthDividing(Branches others) {
        return shape.pages() >= LONG
                && shape.pages() % LONG == 0
                && shape.depth() > others.depth()
                && requests.cost().allows(requests.cost().pages(others.waiting()) + shape.depth() + 1);
    }

    private void resume(Branches from) throws IngestException, InterruptedException {
        leaveBranches(from);
        resumed = true;
        flat = after(requests, base, shape.last());
    }

    private void leaveBranches(Branches from) {
        from.close();
        branches = null;
    }

    /** Gives up what is being fetched. Safe to call twice. */
    @Override
    public void close() {
        if (flat != null) {
            flat.close();
            flat = null;
        }
        if (branches != null) {
            leaveBranches(branches);
        }
    }
}
