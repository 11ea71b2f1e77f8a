package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one listing have in common, however many of them there are at a time: how they are made, which
 * answers are refused, and what they have cost. Safe to use from many threads.
 */
final class PageRequests {
    /** Who answers. */
    interface Store {
        /** Makes a request; the answer is null if it has none. */
        @Nullable
        ListingPage ask(String what, PageRequest page) throws IngestException, InterruptedException;

        /** Does something on another thread. */
        <T> Future<T> later(Callable<T> task);
    }

    private final Store store;
    private final String what;
    private final ListingCost cost = new ListingCost();

    /**
     * Requests of which none is made yet.
     *
     * @param what what is listed, for messages
     */
    PageRequests(Store store, String what) {
        this.store = store;
        this.what = what;
    }

    /** Requests for what begins with a prefix. */
    static PageRequests of(S3Connection connection, String prefix) {
        return new PageRequests(new Connected(connection), "list " + connection.name(prefix));
    }

    /** For messages. */
    String what() {
        return what;
    }

    ListingCost cost() {
        return cost;
    }

    <T> Future<T> later(Callable<T> task) {
        return store.later(task);
    }

    ListingPage fetch(PageRequest page) throws IngestException, InterruptedException {
        ListingPage answer = store.ask(what, page);
        if (answer == null || !answer.isListing()) {
            throw new EndpointException(what + ": the answer is no listing; check endpoint");
        }
        if (answer.objects().stream().anyMatch(object -> object.key().isEmpty())) {
            throw new EndpointException(what + ": the store says that there is an object, but not its key");
        }
        cost.add(answer.objects().size());
        return answer;
    }

    /** How to go on after a page; null after the last one. */
    @Nullable
    PageRequest following(PageRequest request, ListingPage page, Circle circle) throws EndpointException {
        if (!page.truncated()) {
            return null;
        }
        if (page.next() == null) {
            throw new EndpointException(what + ": the store says that there is more, but not how to go on");
        }
        if (circle.closesWith(page.next())) {
            throw new EndpointException(what + ": the store's pages go round in circles");
        }
        return request.following(page.next());
    }

    private record Connected(S3Connection connection) implements Store {
        @Override
        public @Nullable ListingPage ask(String what, PageRequest page) throws IngestException, InterruptedException {
            return connection
                    .call(what, requests -> Optional.ofNullable(requests.list(page)))
                    .orElse(null);
        }

        @Override
        public <T> Future<T> later(Callable<T> task) {
            return connection.later(task);
        }
    }
}
