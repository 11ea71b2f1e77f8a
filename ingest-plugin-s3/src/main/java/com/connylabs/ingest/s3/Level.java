package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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
        List<Entry> sorted = new ArrayList<>();
        page.objects().forEach(object -> sorted.add(new Entry(object.key(), object)));
        page.prefixes().forEach(name -> sorted.add(new Entry(name, null)));
        sorted.sort(Comparator.comparing(Entry::name, Shape.ORDER));
        for (Entry entry : sorted) {
            check(entry);
            last = entry.name();
        }
        entries.addAll(sorted);
        following = requests.following(first, page, circle);
    }

    private void check(Entry entry) throws TransientException {
        boolean below = entry.name().startsWith(prefix);
        boolean isPrefix = entry.name().endsWith("/") && entry.name().length() > prefix.length();
        boolean whole = entry.object() != null || isPrefix;
        if (!below || !whole || !Shape.isBehind(entry.name(), last)) {
            throw new TransientException(requests.what() + ": with a delimiter the store lists "
                    + S3Uris.encodePath(entry.name()) + " below " + S3Uris.encodePath(prefix) + " after "
                    + S3Uris.encodePath(last));
        }
    }
}
