package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects and the prefixes that stand immediately below a prefix, in their order. What is surprising about a page is an
 * error: some stores repeat prefixes, ignore where to begin, or have another order. Used by one thread.
 */
final class Level {
    /** Objects, and the prefix that comes after them; null if that is not known yet. */
    record Step(List<ListedObject> objects, @Nullable String prefix) {}

    private record Entry(String name, @Nullable ListedObject object) {}

    private final PageRequests requests;
    private final String prefix;
    private final PageRequest first;
    private final boolean byBytes;
    private final Circle circle = new Circle();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private @Nullable PageRequest following;
    private @Nullable Entry unsure;
    private String last;

    private Level(PageRequests requests, String prefix, boolean byBytes, String last, PageRequest first) {
        this.requests = requests;
        this.prefix = prefix;
        this.byBytes = byBytes;
        this.last = last;
        this.first = first;
        this.following = first;
    }

    /**
     * What is below a prefix.
     *
     * @param byBytes whether it is known that the store does not list directory by directory
     */
    static Level below(PageRequests requests, String prefix, boolean byBytes) {
        return new Level(requests, prefix, byBytes, "", PageRequest.level(prefix));
    }

    /** The same, but only what is behind everything that begins with another prefix. */
    static Level behind(PageRequests requests, String prefix, boolean byBytes, String other) {
        String last = other + KeyBefore.LAST;
        return new Level(
                requests, prefix, byBytes, last, PageRequest.level(prefix).behind(last));
    }

    /** What comes next; null at the end. */
    @Nullable
    Step next() throws IngestException, InterruptedException {
        while (entries.isEmpty()) {
            if (unsure != null) {
                throw surprising(unsure);
            }
            if (following == null) {
                return null;
            }
            turn(following);
        }
        List<ListedObject> objects = new ArrayList<>();
        for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
            if (entry.object() == null) {
                return new Step(objects, entry.name());
            }
            objects.add(entry.object());
        }
        return new Step(objects, null);
    }

    private void turn(PageRequest request) throws IngestException, InterruptedException {
        ListingPage page = requests.fetch(request);
        List<Entry> merged = merge(page);
        int sure = byBytes ? merged.size() : sure(merged);
        for (Entry entry : merged.subList(0, sure)) {
            check(entry);
            last = entry.name();
            entries.add(entry);
        }
        unsure = sure < merged.size() ? merged.get(sure) : null;
        following = requests.following(first, page, circle);
    }

    /** A page has its objects and its prefixes apart, each in the order of the store, which sorting would hide. */
    private static List<Entry> merge(ListingPage page) {
        List<Entry> merged = new ArrayList<>();
        Deque<String> prefixes = new ArrayDeque<>(page.prefixes());
        for (ListedObject object : page.objects()) {
            while (!prefixes.isEmpty() && Shape.ORDER.compare(prefixes.element(), object.key()) < 0) {
                merged.add(new Entry(prefixes.remove(), null));
            }
            merged.add(new Entry(object.key(), object));
        }
        prefixes.forEach(name -> merged.add(new Entry(name, null)));
        return merged;
    }

    private void check(Entry entry) throws TransientException {
        boolean below = entry.name().startsWith(prefix);
        boolean isPrefix = entry.name().endsWith("/") && entry.name().length() > prefix.length();
        boolean whole = entry.object() != null || isPrefix;
        if (!below || !whole || !Shape.isBehind(entry.name(), last)) {
            throw surprising(entry);
        }
    }

    private TransientException surprising(Entry entry) {
        return new TransientException(requests.what() + ": with a delimiter the store lists "
                + S3Uris.encodePath(entry.name()) + " below " + S3Uris.encodePath(prefix) + " after "
                + S3Uris.encodePath(last));
    }

    /**
     * How many of a page come in this order even if the store lists directory by directory, {@code x/} before {@code x-1}.
     * That it does is not to be seen where one is an object and the other a prefix.
     */
    private static int sure(List<Entry> merged) {
        for (int i = 1; i < merged.size(); i++) {
            String name = merged.get(i).name();
            if (merged.get(i).object() == null && merged.get(i - 1).object() != null && name.endsWith("/")) {
                int end = i;
                while (end > 0 && isBeside(merged.get(end - 1), name.substring(0, name.length() - 1))) {
                    end--;
                }
                if (end < i) {
                    return end;
                }
            }
        }
        return merged.size();
    }

    private static boolean isBeside(Entry entry, String directory) {
        return entry.name().startsWith(directory) && entry.name().length() > directory.length();
    }
}
