package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists a bucket, a page at a time. */
final class S3Nexter implements Nexter {
    private final S3Connection connection;
    private final String prefix;
    private final boolean recursive;
    private Iterator<S3Object> page = Collections.emptyIterator();
    private @Nullable String nextPage;
    private Circle circle = new Circle();

    S3Nexter(S3Connection connection, SourceConfig config) {
        this.connection = connection;
        this.prefix = config.store().prefix();
        this.recursive = config.recursive();
    }

    @Override
    public void reset() throws IngestException, InterruptedException {
        page = Collections.emptyIterator();
        nextPage = null;
        circle = new Circle();
        fetch();
    }

    @Override
    public Optional<Codec> next() throws IngestException, InterruptedException {
        while (true) {
            while (page.hasNext()) {
                S3Object object = page.next();
                if (!isDirectoryMarker(object)) {
                    return Optional.of(element(object));
                }
            }
            if (nextPage == null) {
                return Optional.empty();
            }
            fetch();
        }
    }

    private void fetch() throws IngestException, InterruptedException {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(connection.bucket())
                .prefix(prefix)
                .delimiter(recursive ? null : "/")
                .encodingType(EncodingType.URL) // XML cannot hold every character of a key
                .continuationToken(nextPage)
                .overrideConfiguration(S3Connection.BRIEF)
                .build();
        String what = "list " + connection.uri(prefix);
        ListObjectsV2Response response = connection.call(what, client -> client.listObjectsV2(request));
        if (response.isTruncated() == null
                && response.name() == null
                && response.contents().isEmpty()) {
            throw new EndpointException(what + ": the answer is no listing; check endpoint");
        }
        String following = Boolean.TRUE.equals(response.isTruncated()) ? response.nextContinuationToken() : null;
        if (Boolean.TRUE.equals(response.isTruncated()) && following == null) {
            throw new EndpointException(what + ": the store says that there is more, but not how to go on");
        }
        if (following != null && circle.closesWith(following)) {
            throw new EndpointException(what + ": the store's pages go round in circles");
        }
        if (response.contents().stream().anyMatch(S3Nexter::isNameless)) {
            throw new EndpointException(what + ": the store says that there is an object, but not its key");
        }
        page = response.contents().iterator();
        nextPage = following;
    }

    private static boolean isNameless(S3Object object) {
        return object.key() == null || object.key().isEmpty();
    }

    private static boolean isDirectoryMarker(S3Object object) {
        return object.key().endsWith("/") && (object.size() == null || object.size() == 0);
    }

    private Codec element(S3Object object) {
        String key = object.key();
        return new Codec(
                key,
                key.startsWith(prefix) ? key.substring(prefix.length()) : key,
                null,
                Versions.of(object.eTag()).orElse(null),
                object.size() == null || object.size() < 0 ? OptionalLong.empty() : OptionalLong.of(object.size()),
                object.lastModified());
    }
}
