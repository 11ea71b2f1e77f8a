package com.connylabs.ingest.s3;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The requests of {@link ObjectRequests} as the SDK makes them, with all that it knows. Its client is made when it is first
 * needed, because that loads some thousand classes. Safe to use from many threads.
 */
final class SdkRequests implements AutoCloseable {
    private final StoreConfig config;
    private final AwsCredentialsProvider credentials;
    private final String scheme;
    private @Nullable SdkHttpClient http;
    private volatile @Nullable S3Client client;
    private boolean closed;

    SdkRequests(StoreConfig config, AwsCredentialsProvider credentials, String scheme) {
        this.config = config;
        this.credentials = credentials;
        this.scheme = scheme;
    }

    S3Client client() {
        S3Client made = client;
        return made == null ? make() : made;
    }

    private synchronized S3Client make() {
        if (closed) {
            throw new IllegalStateException("closed: " + config.location());
        }
        S3Client made = client;
        if (made == null) {
            http = Clients.http(scheme);
            made = Clients.s3(config, credentials, http);
            client = made;
        }
        return made;
    }

    ObjectAnswer head(String bucket, String key) {
        return answer(
                client().headObject(head -> head.bucket(bucket).key(key).overrideConfiguration(S3Connection.BRIEF))
                        .sdkHttpResponse(),
                InputStream.nullInputStream(),
                () -> {});
    }

    ObjectAnswer get(String key, Map<String, String> headers) {
        ResponseInputStream<GetObjectResponse> body =
                client().getObject(get -> get.bucket(config.bucket()).key(key).overrideConfiguration(with(headers)));
        return answer(body.response().sdkHttpResponse(), body, body::abort);
    }

    ObjectAnswer put(String key, Map<String, String> headers, Content content) {
        return stored(client().putObject(
                        put -> put.bucket(config.bucket()).key(key).overrideConfiguration(with(headers)), body(content))
                .sdkHttpResponse());
    }

    ObjectAnswer putPart(String key, String uploadId, int number, Map<String, String> headers, Content content) {
        return stored(client().uploadPart(
                        part -> part.bucket(config.bucket())
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .overrideConfiguration(with(headers)),
                        body(content))
                .sdkHttpResponse());
    }

    @Nullable
    ListingPage list(PageRequest page) {
        AtomicReference<ListingPage> place = new AtomicReference<>();
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(config.bucket())
                .encodingType("url")
                .prefix(page.prefix())
                .delimiter(page.delimiter())
                .startAfter(page.startAfter())
                .continuationToken(page.token())
                .overrideConfiguration(ListingInterceptor.into(place));
        page.most().ifPresent(request::maxKeys);
        client().listObjectsV2(request.build());
        return place.get();
    }

    UploadsPage uploads(String prefix, Optional<UploadsPage.Place> after) {
        ListMultipartUploadsResponse page = client().listMultipartUploads(request -> request.bucket(config.bucket())
                .encodingType("url")
                .prefix(prefix)
                .keyMarker(after.map(UploadsPage.Place::key).orElse(null))
                .uploadIdMarker(after.map(UploadsPage.Place::id).orElse(null))
                .overrideConfiguration(S3Connection.BRIEF));
        return new UploadsPage(
                page.uploads().stream()
                        .map(upload -> new UploadsPage.OpenUpload(
                                upload.key(), upload.uploadId(), Optional.ofNullable(upload.initiated())))
                        .toList(),
                Boolean.TRUE.equals(page.isTruncated()),
                Optional.ofNullable(page.nextKeyMarker())
                        .map(key -> new UploadsPage.Place(key, page.nextUploadIdMarker())));
    }

    private static AwsRequestOverrideConfiguration with(Map<String, String> headers) {
        AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
        headers.forEach(override::putHeader);
        return override.build();
    }

    private static RequestBody body(Content content) {
        return RequestBody.fromContentProvider(content.stream(), content.length(), content.type());
    }

    private static ObjectAnswer stored(SdkHttpResponse head) {
        return answer(head, InputStream.nullInputStream(), () -> {});
    }

    private static ObjectAnswer answer(SdkHttpResponse head, InputStream body, Runnable abort) {
        ObjectAnswer answer = new ObjectAnswer(head.statusCode(), body, abort);
        head.forEachHeader((name, values) -> values.forEach(value -> answer.add(name, value)));
        return answer.checked();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
        if (http != null) {
            http.close();
        }
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
