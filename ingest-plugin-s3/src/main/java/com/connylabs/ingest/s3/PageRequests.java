package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * What the requests of one listing have in common, however many of them there are at a time: how they are made, which
 * answers are refused, and what they have cost. Safe to use from many threads.
 */
final class PageRequests {
    /** Who answers. */
    interface Store {
        /** Makes a request; the answer is null if it has none. */
        @Nullable
        ListingPage ask(String what, ListObjectsV2Request page) throws IngestException, InterruptedException;

        /** Does something on another thread. */
        <T> Future<T> later(Callable<T> task);
    }

    private final Store store;
    private final String bucket;
    private final String what;
    private final ListingCost cost = new ListingCost();

    /**
     * Requests of which none is made yet.
     *
     * @param what what is listed, for messages
     */
    PageRequests(Store store, String bucket, String what) {
        this.store = store;
        this.bucket = bucket;
        this.what = what;
    }

    /** Requests for what begins with a prefix. */
    static PageRequests of(S3Connection connection, String prefix) {
        return new PageRequests(new Connected(connection), connection.bucket(), "list " + connection.name(prefix));
    }

    /** For messages. */
    String what() {
        return what;
    }

    ListingCost cost() {
        return cost;
    }

    /** The first page of everything that begins with a prefix. */
    ListObjectsV2Request everything(String prefix) {
        return ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .encodingType(EncodingType.URL) // XML cannot hold every character of a key
                .build();
    }

    /** The first page of that; what has a slash after the prefix is named only up to that. */
    ListObjectsV2Request level(String prefix) {
        return everything(prefix).toBuilder().delimiter("/").build();
    }

    <T> Future<T> later(Callable<T> task) {
        return store.later(task);
    }

    ListingPage fetch(ListObjectsV2Request page) throws IngestException, InterruptedException {
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
    ListObjectsV2Request following(ListObjectsV2Request request, ListingPage page, Circle circle)
            throws EndpointException {
        if (!page.truncated()) {
            return null;
        }
        if (page.next() == null) {
            throw new EndpointException(what + ": the store says that there is more, but not how to go on");
        }
        if (circle.closesWith(page.next())) {
            throw new EndpointException(what + ": the store's pages go round in circles");
        }
        return request.toBuilder().continuationToken(page.next()).build();
    }

    private record Connected(S3Connection connection) implements Store {
        @Override
        public @Nullable ListingPage ask(String what, ListObjectsV2Request page)
                throws IngestException, InterruptedException {
            AtomicReference<ListingPage> place = new AtomicReference<>();
            ListObjectsV2Request asked = page.toBuilder()
                    .overrideConfiguration(ListingInterceptor.into(place))
                    .build();
            connection.call(what, client -> client.listObjectsV2(asked));
            return place.get();
        }

        @Override
        public <T> Future<T> later(Callable<T> task) {
            return connection.later(task);
        }
    }
}
