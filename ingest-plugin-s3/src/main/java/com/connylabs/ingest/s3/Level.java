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
    private final Circle circle = new Circle();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private @Nullable PageRequest following;
    private String last;

    /** What is below a prefix. */
    Level(PageRequests requests, String prefix) {
        this(requests, prefix, "", PageRequest.level(prefix));
    }

    /** What is below a prefix, and behind everything that begins with another one. */
    Level(PageRequests requests, String prefix, String behind) {
        this(
                requests,
                prefix,
                behind + KeyBefore.LAST,
                PageRequest.level(prefix).behind(behind + KeyBefore.LAST));
    }

    private Level(PageRequests requests, String prefix, String last, PageRequest first) {
        this.requests = requests;
        this.prefix = prefix;
        this.last = last;
        this.first = first;
        this.following = first;
    }

    /** What comes next; null at the end. */
    @Nullable
    Step next() throws IngestException, InterruptedException {
        while (entries.isEmpty()) {
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
        Entry before = null;
        for (Entry entry : merged) {
            check(entry, before);
            before = entry;
            last = entry.name();
        }
        entries.addAll(merged);
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

    private void check(Entry entry, @Nullable Entry before) throws TransientException {
        boolean below = entry.name().startsWith(prefix);
        boolean isPrefix = entry.name().endsWith("/") && entry.name().length() > prefix.length();
        boolean whole = entry.object() != null || isPrefix;
        if (!below || !whole || !Shape.isBehind(entry.name(), last) || isUnsure(entry, before)) {
            throw new TransientException(requests.what() + ": with a delimiter the store lists "
                    + S3Uris.encodePath(entry.name()) + " below " + S3Uris.encodePath(prefix) + " after "
                    + S3Uris.encodePath(last));
        }
    }

    /** Some stores list directory by directory, {@code x/a} before {@code x-1}: a page does not say whether this one does. */
    private static boolean isUnsure(Entry entry, @Nullable Entry before) {
        return before != null
                && before.object() != null
                && entry.object() == null
                && before.name().length() >= entry.name().length()
                && before.name()
                        .startsWith(entry.name().substring(0, entry.name().length() - 1));
    }
}
