package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store of keys that can do nothing but list them, in pages of any size, and not always as it should. */
final class ListedKeys implements PageRequests.Store, AutoCloseable {
    /** What is wrong with it. */
    enum Quirk {
        UTF_16_ORDER,
        /** What is in a directory comes next to its name: {@code x/a} before {@code x-1}. */
        DIRECTORY_ORDER,
        IGNORES_START_AFTER,
        IGNORES_START_AFTER_WITHOUT_DELIMITER,
        IGNORES_DELIMITER,
        REFUSES_DELIMITER,
        REPEATS_PREFIXES,
        LEAVES_OUT_A_PREFIX,
        IGNORES_CASE_OF_PREFIX,
        IGNORES_PREFIX
    }

    private static final String BEHIND = "\udbff\udfff";

    private final NavigableSet<String> keys;
    private final int pageSize;
    private final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtATime = new AtomicInteger();
    private Runnable meanwhile = () -> {};
    private Predicate<PageRequest> failing = request -> false;

    ListedKeys(Collection<String> keys, int pageSize, Quirk... quirks) {
        this.quirks.addAll(List.of(quirks));
        this.keys = new TreeSet<>(order(this.quirks));
        this.keys.addAll(keys);
        this.pageSize = pageSize;
    }

    private static Comparator<String> order(Set<Quirk> quirks) {
        if (quirks.contains(Quirk.DIRECTORY_ORDER)) {
            return Comparator.comparing(key -> key.replace('/', '\0'), Shape.ORDER);
        }
        return quirks.contains(Quirk.UTF_16_ORDER) ? Comparator.naturalOrder() : Shape.ORDER;
    }

    /** Something happens at each request. */
    void meanwhile(Runnable change) {
        meanwhile = change;
    }

    void failing(Predicate<PageRequest> these) {
        failing = these;
    }

    synchronized void change(String key) {
        if (!keys.remove(key)) {
            keys.add(key);
        }
    }

    int requests() {
        return requests.get();
    }

    int mostAtATime() {
        return mostAtATime.get();
    }

    ExecutorService threads() {
        return threads;
    }

    /** The keys below a prefix, in the order of the store. */
    synchronized List<String> below(String prefix) {
        return keys.stream().filter(key -> key.startsWith(prefix)).toList();
    }

    PageRequests asked() {
        return new PageRequests(this, "list");
    }

    @Override
    public ListingPage ask(String what, PageRequest page) throws IngestException, InterruptedException {
        mostAtATime.accumulateAndGet(running.incrementAndGet(), Math::max);
        requests.incrementAndGet();
        try {
            meanwhile.run();
            if (failing.test(page) || (page.delimiter() != null && quirks.contains(Quirk.REFUSES_DELIMITER))) {
                throw new TransientException(what + ": HTTP 503");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException(what);
            }
            synchronized (this) {
                return page(page);
            }
        } finally {
            running.decrementAndGet();
        }
    }

    private ListingPage page(PageRequest request) {
        String prefix = quirks.contains(Quirk.IGNORES_PREFIX) ? "" : request.prefix();
        boolean level = request.delimiter() != null && !quirks.contains(Quirk.IGNORES_DELIMITER);
        List<ListedObject> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String at = next(start(request), prefix);
        while (at != null && objects.size() + prefixes.size() < pageSize) {
            int slash = level ? at.indexOf('/', prefix.length()) : -1;
            if (slash < 0) {
                objects.add(object(at));
            } else {
                at = at.substring(0, slash + 1);
                prefixes.add(at);
                at += BEHIND;
            }
            at = next(at, prefix);
        }
        if (quirks.contains(Quirk.LEAVES_OUT_A_PREFIX) && !prefixes.isEmpty()) {
            prefixes.remove(0);
        }
        String token = at == null ? null : keys.lower(at);
        if (token != null && level && !prefixes.isEmpty() && token.startsWith(prefixes.get(prefixes.size() - 1))) {
            String last = prefixes.get(prefixes.size() - 1);
            token = quirks.contains(Quirk.REPEATS_PREFIXES) ? keys.lower(token) : last + BEHIND;
        }
        return new ListingPage(objects, prefixes, true, token != null, token);
    }

    private @Nullable String start(PageRequest request) {
        if (request.token() != null) {
            return request.token();
        }
        boolean ignored = quirks.contains(Quirk.IGNORES_START_AFTER)
                || (request.delimiter() == null && quirks.contains(Quirk.IGNORES_START_AFTER_WITHOUT_DELIMITER));
        return ignored ? null : request.startAfter();
    }

    /** The first key below a prefix that comes after a text. */
    private @Nullable String next(@Nullable String after, String prefix) {
        String floor = keys.ceiling(prefix);
        String next = after == null || floor == null || keys.comparator().compare(after, floor) < 0
                ? floor
                : keys.higher(after);
        if (quirks.contains(Quirk.IGNORES_CASE_OF_PREFIX)) {
            return keys.tailSet(after == null ? "" : after, false).stream()
                    .filter(key -> key.regionMatches(true, 0, prefix, 0, prefix.length()))
                    .findFirst()
                    .orElse(null);
        }
        return next != null && next.startsWith(prefix) ? next : null;
    }

    static ListedObject object(String key) {
        return new ListedObject(
                key, "\"" + Integer.toHexString(key.hashCode()) + "\"", OptionalLong.of(key.length()), null);
    }

    @Override
    public <T> Future<T> later(Callable<T> task) {
        return threads.submit(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
