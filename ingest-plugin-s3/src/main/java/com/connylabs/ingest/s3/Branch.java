package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Everything that begins with a prefix, read by a thread of its own that is some pages ahead; or some objects that are
 * there already. Used by one thread, which closes it.
 */
final class Branch implements AutoCloseable {
    static final int PAGES_AHEAD = 16;

    /** A page; or the failure, or the end, after which nothing comes. */
    private record Turn(@Nullable PackedPage page, @Nullable IngestException failure) {}

    private static final Turn END = new Turn(null, null);

    private final PageRequests requests;
    private final String prefix;
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(PAGES_AHEAD);
    private @Nullable Future<?> reading;
    private @Nullable Turn turn;

    private Branch(PageRequests requests, String prefix) {
        this.requests = requests;
        this.prefix = prefix;
    }

    /** Begins to read what begins with a prefix. */
    static Branch read(PageRequests requests, String prefix) {
        Branch branch = new Branch(requests, prefix);
        branch.reading = requests.later(() -> {
            branch.readAll();
            return null;
        });
        return branch;
    }

    /** Objects that are there already. */
    static Branch of(PageRequests requests, String prefix, List<ListedObject> objects) {
        Branch branch = new Branch(requests, prefix);
        branch.turns.add(new Turn(PackedPage.of(objects), null));
        branch.turns.add(END);
        return branch;
    }

    /** What all its keys have to begin with. */
    String prefix() {
        return prefix;
    }

    boolean isRead() {
        return reading != null;
    }

    /** The next page without taking it; null at the end. */
    @Nullable
    List<ListedObject> peek() throws IngestException, InterruptedException {
        if (turn == null) {
            turn = turns.take();
        }
        if (turn.failure() != null) {
            throw turn.failure();
        }
        return turn.page() == null ? null : turn.page().objects();
    }

    /** The next page, which may be empty; null at the end. */
    @Nullable
    List<ListedObject> next() throws IngestException, InterruptedException {
        List<ListedObject> page = peek();
        if (page != null) {
            turn = null;
            room.release();
        }
        return page;
    }

    /** How many objects wait. */
    long waiting() {
        return turns.stream()
                .mapToLong(
                        waiting -> waiting.page() == null ? 0 : waiting.page().size())
                .sum();
    }

    private void readAll() {
        Turn last = new Turn(null, new TransientException(requests.what() + ": closed meanwhile"));
        try {
            readPages();
            last = END;
        } catch (IngestException e) {
            last = new Turn(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            turns.add(last); // or else somebody would wait for ever
        }
    }

    private void readPages() throws IngestException, InterruptedException {
        Circle circle = new Circle();
        PageRequest first = PageRequest.everything(prefix);
        PageRequest next = first;
        while (next != null) {
            room.acquire();
            ListingPage page = requests.fetch(next);
            turns.add(new Turn(PackedPage.of(page.objects()), null));
            next = requests.following(first, page, circle);
        }
    }

    /** Ends its thread. Safe to call twice. */
    @Override
    public void close() {
        if (reading != null) {
            reading.cancel(true);
        }
    }
}
