package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A listing, a page after the other. While a page is worked on, the next one is fetched, and no more than that; what is
 * wrong with a page is told when it is asked for. Used by one thread, which closes it.
 */
final class ObjectPages implements AutoCloseable {
    private final PageRequests requests;
    private final PageRequest first;
    private final Circle circle = new Circle();
    private @Nullable Future<ListingPage> ahead;

    private ObjectPages(PageRequests requests, PageRequest first, ListingPage page) {
        this.requests = requests;
        this.first = first;
        this.ahead = CompletableFuture.completedFuture(page);
    }

    /** Fetches the first page. */
    static ObjectPages open(PageRequests requests, PageRequest first) throws IngestException, InterruptedException {
        return new ObjectPages(requests, first, requests.fetch(first));
    }

    /** The next page, which may be empty; null after the last one. */
    @Nullable
    List<ListedObject> next() throws IngestException, InterruptedException {
        if (ahead == null) {
            return null;
        }
        ListingPage page = await(ahead);
        PageRequest following = requests.following(first, page, circle);
        ahead = following == null ? null : requests.later(() -> requests.fetch(following));
        return page.objects();
    }

    /** Whether there is another page after the last one that was given out. */
    boolean hasMore() {
        return ahead != null;
    }

    private ListingPage await(Future<ListingPage> page) throws IngestException, InterruptedException {
        try {
            return page.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IngestException known) {
                throw known;
            }
            throw new TransientException(requests.what() + ": " + e.getCause(), e); // closed meanwhile
        }
    }

    /** Gives up the page that is being fetched. Safe to call twice. */
    @Override
    public void close() {
        if (ahead != null) {
            ahead.cancel(true);
            ahead = null;
        }
    }
}
