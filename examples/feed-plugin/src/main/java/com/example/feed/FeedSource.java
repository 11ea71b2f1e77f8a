package com.example.feed;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.plugin.Source;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A feed: lists what its entries link to, and downloads it. It has no state, so many threads may use it. */
final class FeedSource implements Source {
    private static final List<String> CONTENT_HEADERS =
            List.of("cache-control", "content-disposition", "content-encoding", "content-language", "expires");

    private final URI feed;
    private final Http http;

    FeedSource(URI feed, Http http) {
        this.feed = feed;
        this.http = http;
    }

    @Override
    public Nexter nexter() {
        return new FeedNexter(feed, http);
    }

    @Override
    public Optional<IngestObject> download(Codec element) throws IngestException, InterruptedException {
        Optional<HttpURLConnection> answer = http.get(URI.create(element.id()));
        return answer.isEmpty() ? Optional.empty() : Optional.of(object(element, answer.get()));
    }

    private static IngestObject object(Codec element, HttpURLConnection answer) throws TransientException {
        try {
            return IngestObject.of(attributes(answer), answer.getInputStream());
        } catch (IOException e) {
            throw new TransientException("download " + element.id() + ": " + e, e);
        }
    }

    /** A length that the server does not tell is left out, and so is an ETag that only says "much the same". */
    private static ObjectAttributes attributes(HttpURLConnection answer) {
        ObjectAttributes attributes = ObjectAttributes.unknown().withHeaders(headers(answer));
        if (answer.getContentLengthLong() >= 0) {
            attributes = attributes.withLength(answer.getContentLengthLong());
        }
        if (answer.getContentType() != null) {
            attributes = attributes.withContentType(answer.getContentType());
        }
        String tag = answer.getHeaderField("ETag");
        return tag == null || tag.startsWith("W/") ? attributes : attributes.withVersion(tag);
    }

    private static Map<String, String> headers(HttpURLConnection answer) {
        Map<String, String> headers = new HashMap<>();
        for (String name : CONTENT_HEADERS) {
            String value = answer.getHeaderField(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    @Override
    public CleanUpResult cleanUp(Codec element) throws PermanentException {
        throw new PermanentException(element.id()
                + ": nothing can be removed from a feed; set cleanUp: false in the workflows that have it as source");
    }

    @Override
    public void check() throws IngestException, InterruptedException {
        try (Nexter listing = nexter()) {
            listing.reset();
        }
    }

    @Override
    public URI location() {
        return URI.create(feed.getScheme() + "://" + feed.getRawAuthority() + feed.getRawPath());
    }

    @Override
    public void close() {
        // Idle connections belong to the JDK, which ends them after a few seconds.
    }
}
