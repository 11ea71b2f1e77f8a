package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * A listing, a page at a time. While a page is worked on, the next one is fetched, and no more than that; what is wrong
 * with a page is told when it is asked for. Used by one thread, which closes it.
 */
final class ObjectPages implements AutoCloseable {
    private final S3Connection connection;
    private final String what;
    private final ListObjectsV2Request request;
    private final Circle circle = new Circle();
    private @Nullable Future<ListingPage> ahead;

    private ObjectPages(S3Connection connection, String prefix, ListObjectsV2Request request) {
        this.connection = connection;
        this.what = "list " + connection.uri(prefix);
        this.request = request;
    }

    /**
     * Fetches the first page.
     *
     * @param prefix what the keys begin with
     * @param recursive whether what has another slash after the prefix is listed, too
     */
    static ObjectPages open(S3Connection connection, String prefix, boolean recursive)
            throws IngestException, InterruptedException {
        return open(connection, prefix, request(connection, prefix, recursive).build());
    }

    /** As {@link #open(S3Connection, String, boolean)}, recursively, without the keys up to one. */
    static ObjectPages openAfter(S3Connection connection, String prefix, String key)
            throws IngestException, InterruptedException {
        return open(
                connection,
                prefix,
                request(connection, prefix, true).startAfter(key).build());
    }

    private static ListObjectsV2Request.Builder request(S3Connection connection, String prefix, boolean recursive) {
        return ListObjectsV2Request.builder()
                .bucket(connection.bucket())
                .prefix(prefix)
                .delimiter(recursive ? null : "/")
                .encodingType(EncodingType.URL); // XML cannot hold every character of a key
    }

    private static ObjectPages open(S3Connection connection, String prefix, ListObjectsV2Request request)
            throws IngestException, InterruptedException {
        ObjectPages pages = new ObjectPages(connection, prefix, request);
        pages.ahead = CompletableFuture.completedFuture(pages.fetch(request));
        return pages;
    }

    /** The next page, which may be empty; null after the last one. */
    @Nullable
    List<ListedObject> next() throws IngestException, InterruptedException {
        if (ahead == null) {
            return null;
        }
        ListingPage page = await(ahead);
        String following = following(page);
        ahead = following == null ? null : connection.later(() -> fetch(after(following)));
        return page.objects();
    }

    /** Whether there is another page after the last one that was given out. */
    boolean hasMore() {
        return ahead != null;
    }

    private ListObjectsV2Request after(String token) {
        return request.toBuilder().continuationToken(token).build();
    }

    private ListingPage await(Future<ListingPage> page) throws IngestException, InterruptedException {
        try {
            return page.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IngestException known) {
                throw known;
            }
            throw new TransientException(what + ": " + e.getCause(), e); // closed meanwhile
        }
    }

    private ListingPage fetch(ListObjectsV2Request page) throws IngestException, InterruptedException {
        AtomicReference<ListingPage> place = new AtomicReference<>();
        ListObjectsV2Request asked = page.toBuilder()
                .overrideConfiguration(ListingInterceptor.into(place))
                .build();
        connection.call(what, client -> client.listObjectsV2(asked));
        ListingPage answer = place.get();
        if (answer == null || !answer.isListing()) {
            throw new EndpointException(what + ": the answer is no listing; check endpoint");
        }
        if (answer.objects().stream().anyMatch(object -> object.key().isEmpty())) {
            throw new EndpointException(what + ": the store says that there is an object, but not its key");
        }
        return answer;
    }

    private @Nullable String following(ListingPage page) throws EndpointException {
        if (!page.truncated()) {
            return null;
        }
        if (page.next() == null) {
            throw new EndpointException(what + ": the store says that there is more, but not how to go on");
        }
        if (circle.closesWith(page.next())) {
            throw new EndpointException(what + ": the store's pages go round in circles");
        }
        return page.next();
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
