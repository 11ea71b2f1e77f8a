package com.connylabs.ingest.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Requests to a bucket that take nothing but a signature and a connection. Each is tried once. Safe to use from many
 * threads.
 */
final class ShortRequests implements AutoCloseable {
    private static final RequestConfig PATIENCE = RequestConfig.custom()
            .setConnectionRequestTimeout(timeout(Clients.ACQUISITION_TIMEOUT))
            .build();

    /** Reading all the authorities that the platform trusts takes a while. */
    private static final TlsSocketStrategy NO_TLS = (socket, host, port, attachment, context) -> {
        throw new SSLException(host + " is not spoken to with TLS");
    };

    private final URI bucket;
    private final HttpHost store;
    private final String host;
    private final AwsCredentialsProvider credentials;
    private final Signature signature;
    private final PoolingHttpClientConnectionManager connections;
    private final MinimalHttpClient http;
    private final ScheduledThreadPoolExecutor clock;
    private final Future<?> tidying;
    private volatile boolean broken;

    /** Reads an answer, whatever it is. */
    interface Reader<T> {
        T read(ObjectAnswer answer) throws IOException;
    }

    /**
     * Requests to a bucket.
     *
     * @param place where the bucket is
     */
    ShortRequests(BucketPlace place, AwsCredentialsProvider credentials) {
        this.bucket = place.url();
        this.store = new HttpHost(bucket.getScheme(), bucket.getHost(), bucket.getPort());
        this.host = bucket.getHost() + (bucket.getPort() < 0 ? "" : ":" + bucket.getPort());
        this.credentials = credentials;
        this.signature = new Signature(place.region());
        this.connections = connections(bucket.getScheme().equals("https"));
        this.http = HttpClients.createMinimal(connections);
        this.clock = new ScheduledThreadPoolExecutor(1, ShortRequests::thread);
        clock.setRemoveOnCancelPolicy(true);
        long idle = Clients.MAX_IDLE.toMillis();
        tidying = clock.scheduleWithFixedDelay(
                () -> connections.closeIdle(timeout(Clients.MAX_IDLE)), idle, idle, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "s3-time");
        thread.setDaemon(true);
        thread.setContextClassLoader(ShortRequests.class.getClassLoader());
        return thread;
    }

    private static PoolingHttpClientConnectionManager connections(boolean secure) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .responseParserFactory(new WholeHeads())
                        .build())
                .setMaxConnTotal(Clients.MAX_CONNECTIONS)
                .setMaxConnPerRoute(Clients.MAX_CONNECTIONS)
                .setTlsSocketStrategy(secure ? DefaultClientTlsStrategy.createSystemDefault() : NO_TLS)
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoKeepAlive(true).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(Clients.CONNECT_TIMEOUT))
                        .setSocketTimeout(timeout(Clients.SOCKET_TIMEOUT))
                        .setIdleTimeout(timeout(Clients.MAX_IDLE))
                        .build())
                .build();
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration);
    }

    /**
     * Sends a request, and has its answer read. Empty if there is no key to sign it with.
     *
     * @throws IOException if there is no answer, or if it cannot be read
     */
    <T> Optional<T> send(ObjectRequest request, Reader<T> reader) throws IOException {
        AwsCredentials identity = credentials.resolveCredentials();
        if (identity.accessKeyId() == null) {
            return Optional.empty();
        }
        HttpUriRequestBase signed = signed(request, identity);
        if (request.limit().isEmpty()) {
            return Optional.of(read(signed, reader));
        }
        ScheduledFuture<?> end =
                clock.schedule(signed::cancel, request.limit().get().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return Optional.of(read(signed, reader));
        } finally {
            end.cancel(false);
        }
    }

    /** What cannot be read to its end takes the connection with it. */
    private <T> T read(HttpUriRequestBase request, Reader<T> reader) throws IOException {
        boolean read = false;
        try {
            T result = reader.read(answer(request).checked());
            read = true;
            return result;
        } catch (Error e) {
            broken = true;
            throw e;
        } finally {
            if (!read) {
                request.cancel();
            }
        }
    }

    private HttpUriRequestBase signed(ObjectRequest request, AwsCredentials identity) throws IOException {
        NavigableMap<String, String> headers = new TreeMap<>(request.headers());
        headers.put("host", host);
        NavigableMap<String, String> query = new TreeMap<>();
        request.query()
                .forEach((name, value) -> query.put(S3Uris.encodeParameter(name), S3Uris.encodeParameter(value)));
        String path = path(request.key());
        signature.sign(request.method(), path, query, headers, hash(request), identity, Instant.now());
        HttpUriRequestBase http = new HttpUriRequestBase(request.method(), bucket);
        http.setPath(query.isEmpty() ? path : path + "?" + Signature.joined(query));
        http.setConfig(PATIENCE);
        headers.forEach(http::addHeader);
        http.addHeader("user-agent", "ingest");
        if (request.asksFirst()) {
            http.addHeader("expect", "100-continue");
        }
        request.content().ifPresent(content -> http.setEntity(new SentEntity(content)));
        return http;
    }

    private String path(String key) {
        String start = bucket.getRawPath();
        if (key.isEmpty()) {
            return start.isEmpty() ? "/" : start;
        }
        return (start.endsWith("/") ? start : start + "/") + S3Uris.encodeKey(key);
    }

    private String hash(ObjectRequest request) throws IOException {
        if (request.content().isEmpty()) {
            return Signature.EMPTY;
        }
        return bucket.getScheme().equals("http") && request.signsContent()
                ? Signature.hash(request.content().get())
                : Signature.UNSIGNED;
    }

    private ObjectAnswer answer(HttpUriRequestBase request) throws IOException {
        ClassicHttpResponse response = http.executeOpen(store, request, null);
        HttpEntity entity = response.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        ObjectAnswer answer = new ObjectAnswer(response.getCode(), body, request::cancel);
        for (Header header : response.getHeaders()) {
            answer.add(header.getName(), header.getValue());
        }
        return answer;
    }

    /** Whether nothing works any more: Apache's client closes itself for good when the JVM is in trouble. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        tidying.cancel(false);
        clock.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }
}
