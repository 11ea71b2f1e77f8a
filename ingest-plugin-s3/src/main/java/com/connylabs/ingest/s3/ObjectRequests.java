package com.connylabs.ingest.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes the requests that every object and every page of a listing takes, and that every start takes, on a shorter way than
 * the SDK, at a fraction of the cost. Whatever asking again may change is left to the SDK, which asks once more: all that is to
 * be known about retries, redirects, clocks and interrupts stays in one place. All other requests are the SDK's. Safe to use
 * from many threads.
 */
final class ObjectRequests implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ObjectRequests.class);

    /** For answers without a body worth mentioning, however slowly they drip in. */
    static final Duration BRIEF = Duration.ofSeconds(60);

    private final String bucket;
    private final SdkRequests sdk;
    private final @Nullable ShortRequests direct;
    private final Trust trust;

    /** Requests to a bucket; closes what it is given. Without a short way everything is the SDK's. */
    ObjectRequests(String bucket, SdkRequests sdk, @Nullable ShortRequests direct) {
        this.bucket = bucket;
        this.sdk = sdk;
        this.direct = direct;
        this.trust = new Trust(bucket, System::nanoTime);
    }

    /** For all other requests. */
    S3Client sdk() {
        return sdk.client();
    }

    /** Looks at an object. */
    ObjectAnswer head(String itsBucket, String key) {
        return itsBucket.equals(bucket)
                ? run(look(key), ObjectRequests::finished, () -> sdk.head(bucket, key))
                : sdk.head(itsBucket, key);
    }

    private static ObjectRequest look(String key) {
        return new ObjectRequest(
                "HEAD", key, Collections.emptyNavigableMap(), Map.of(), Optional.empty(), true, Optional.of(BRIEF));
    }

    /** Reads an object, or what the headers ask for of it; the caller reads the body, or gives it up. */
    ObjectAnswer get(String key, Map<String, String> headers) {
        ObjectRequest request = new ObjectRequest(
                "GET", key, Collections.emptyNavigableMap(), headers, Optional.empty(), true, Optional.empty());
        return run(request, answer -> answer, () -> sdk.get(key, headers));
    }

    /** Stores an object. */
    ObjectAnswer put(String key, Map<String, String> headers, Content content) {
        ObjectRequest request = upload(key, Collections.emptyNavigableMap(), headers, content, true);
        return run(request, ObjectRequests::finished, () -> sdk.put(key, headers, content));
    }

    /** Stores a part of an upload. */
    ObjectAnswer putPart(String key, String uploadId, int number, Map<String, String> headers, Content content) {
        ObjectRequest request = upload(key, part(uploadId, number), headers, content, true);
        return run(request, ObjectRequests::finished, () -> sdk.putPart(key, uploadId, number, headers, content));
    }

    /** Reads a page of a listing; null if the answer has none. */
    @Nullable
    ListingPage list(PageRequest page) {
        return run(
                        listing(page.parameters()),
                        document(body -> Optional.of(ListingPage.read(body))),
                        () -> Optional.ofNullable(sdk.list(page)))
                .orElse(null);
    }

    /** Reads a page of the uploads that are not finished. */
    UploadsPage uploads(String prefix, Optional<UploadsPage.Place> after) {
        return run(
                listing(UploadsPage.parameters(prefix, after)),
                document(UploadsPage::read),
                () -> sdk.uploads(prefix, after));
    }

    private static ObjectRequest listing(NavigableMap<String, String> parameters) {
        return new ObjectRequest("GET", "", parameters, Map.of(), Optional.empty(), true, Optional.of(BRIEF));
    }

    /** Whether requests of ours do here. */
    boolean works() {
        return direct != null && !direct.isBroken() && trust.isThere();
    }

    /**
     * Stores an object whose content can be read once only, and which only its MD5 among the headers protects. It is tried
     * once: the SDK could not send it again either.
     *
     * @throws SdkException if it was not stored, or if nobody knows
     */
    ObjectAnswer putOnce(String key, Map<String, String> headers, Content content) {
        return once(upload(key, Collections.emptyNavigableMap(), headers, content, false));
    }

    /** The same with a part of an upload. */
    ObjectAnswer putPartOnce(String key, String uploadId, int number, Map<String, String> headers, Content content) {
        return once(upload(key, part(uploadId, number), headers, content, false));
    }

    private static ObjectRequest upload(
            String key,
            NavigableMap<String, String> query,
            Map<String, String> headers,
            Content content,
            boolean signsContent) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("content-type", content.type());
        return new ObjectRequest("PUT", key, query, all, Optional.of(content), signsContent, Optional.empty());
    }

    private static NavigableMap<String, String> part(String uploadId, int number) {
        NavigableMap<String, String> query = new TreeMap<>();
        query.put("partNumber", Integer.toString(number));
        query.put("uploadId", uploadId);
        return query;
    }

    private ObjectAnswer once(ObjectRequest request) {
        if (direct == null) {
            throw SdkClientException.create("there is no short way to this store");
        }
        try {
            return direct.send(request, answer -> {
                        if (!answer.isSuccess()) {
                            throw ErrorAnswer.any(answer);
                        }
                        return finished(answer);
                    })
                    .orElseThrow(() -> SdkClientException.create("there are no credentials"));
        } catch (IOException e) {
            throw SdkClientException.create("the connection failed: " + e, e);
        }
    }

    private static ObjectAnswer finished(ObjectAnswer answer) throws IOException {
        answer.finish();
        return answer;
    }

    private interface Document<T> {
        T read(InputStream body) throws XMLStreamException;
    }

    private static <T> ShortRequests.Reader<T> document(Document<T> document) {
        return answer -> {
            try (InputStream body = answer.body()) {
                return document.read(body);
            } catch (XMLStreamException e) {
                throw new IOException("the answer cannot be read: " + e.getMessage(), e);
            }
        };
    }

    /**
     * What became of a request on the short way; neither done nor an error where the SDK is to ask again.
     *
     * @param failed whether it may be about how we asked
     */
    private record Try<T>(Optional<T> done, Optional<S3Exception> error, boolean failed) {
        static <T> Try<T> done(T result) {
            return new Try<>(Optional.of(result), Optional.empty(), false);
        }

        static <T> Try<T> again(boolean failed) {
            return new Try<>(Optional.empty(), Optional.empty(), failed);
        }
    }

    private <T> T run(ObjectRequest request, ShortRequests.Reader<T> reader, Supplier<T> bySdk) {
        ShortRequests shorter = works() ? direct : null;
        if (shorter == null) {
            return bySdk.get();
        }
        Try<T> tried = attempt(shorter, request, reader);
        if (tried.done().isPresent() || tried.error().isPresent()) {
            trust.confirm();
            return tried.done().orElseThrow(() -> tried.error().get());
        }
        T done = bySdk.get();
        if (tried.failed()) {
            trust.disappoint();
        }
        return done;
    }

    private static <T> Try<T> attempt(ShortRequests shorter, ObjectRequest request, ShortRequests.Reader<T> reader) {
        try {
            return shorter.send(request, answer -> judged(request, answer, reader))
                    .orElseGet(() -> Try.again(false));
        } catch (IOException | RuntimeException e) {
            log.atDebug().addKeyValue("key", request.key()).setCause(e).log("request failed; the SDK tries again");
            return Try.again(true);
        }
    }

    private static <T> Try<T> judged(ObjectRequest request, ObjectAnswer answer, ShortRequests.Reader<T> reader)
            throws IOException {
        if (answer.isSuccess()) {
            return Try.done(reader.read(answer));
        }
        Optional<S3Exception> error = ErrorAnswer.last(request.method(), answer);
        answer.finish();
        return new Try<>(Optional.empty(), error, isRefusal(answer.status()));
    }

    /** A store that has too much to do refuses everybody. */
    private static boolean isRefusal(int status) {
        return status < 500 && status != 429;
    }

    @Override
    public void close() {
        if (direct != null) {
            direct.close();
        }
        sdk.close();
    }
}
