package com.connylabs.ingest.testkit.s3;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * An S3 server in this process that takes every key, counts requests and fails on demand. It speaks path style over
 * plain HTTP on 127.0.0.1, checks signatures (version 4) and checksums, refuses chunked uploads as some stores do, and
 * keeps everything in memory. For what a real server does, there is {@link S3Server}.
 *
 * <p>Safe to use from many threads.
 */
public final class S3Stub implements AutoCloseable {
    static {
        // Else each small answer waits for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final String ACCESS_KEY = "stub-access-key";
    private static final String SECRET_KEY = "stub-secret-key";

    private final Map<String, StubBucket> buckets = new TreeMap<>();
    private final StubOperations operations = new StubOperations(buckets);
    private final List<StubRequest> requests = new CopyOnWriteArrayList<>();
    private final StubFaults faults = new StubFaults();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "s3-stub"));
    private final HttpServer server;

    private S3Stub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/", new StubHandler(new StubSignature(ACCESS_KEY, SECRET_KEY), this::log, faults, this::answer));
        server.start();
    }

    /**
     * Starts a stub on a free port.
     *
     * @param buckets the buckets that it has
     * @return the stub, which the caller closes
     * @throws IOException if there is no port
     */
    public static S3Stub start(String... buckets) throws IOException {
        S3Stub stub = new S3Stub();
        List.of(buckets).forEach(stub::createBucket);
        return stub;
    }

    /**
     * The address as a configuration's {@code endpoint} has it; plain HTTP.
     *
     * @return host and port
     */
    public String endpoint() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * The address as a URI.
     *
     * @return for example {@code http://127.0.0.1:12345}
     */
    public URI uri() {
        return URI.create("http://" + endpoint());
    }

    /**
     * The only access key that it knows.
     *
     * @return the access key ID
     */
    public String accessKey() {
        return ACCESS_KEY;
    }

    /**
     * The secret that belongs to it.
     *
     * @return the secret access key
     */
    public String secretKey() {
        return SECRET_KEY;
    }

    /**
     * Makes a bucket, unless it is there.
     *
     * @param name the bucket
     */
    public void createBucket(String name) {
        synchronized (buckets) {
            buckets.putIfAbsent(name, new StubBucket());
        }
    }

    /**
     * Puts an object there without a request.
     *
     * @param bucket a bucket that exists
     * @param key the key
     * @param body the bytes
     * @param headers by lower-case name, for example {@code content-type} or {@code x-amz-meta-color}
     */
    public void put(String bucket, String key, byte[] body, Map<String, String> headers) {
        synchronized (buckets) {
            bucket(bucket).objects.put(key, StubObject.of(body, headers));
        }
    }

    /**
     * Looks at an object without a request.
     *
     * @param bucket a bucket that exists
     * @param key the key
     * @return the object, if it is there
     */
    public Optional<StubObject> object(String bucket, String key) {
        synchronized (buckets) {
            return Optional.ofNullable(bucket(bucket).objects.get(key));
        }
    }

    /**
     * The keys of a bucket.
     *
     * @param bucket a bucket that exists
     * @return the keys, sorted by their UTF-8 bytes
     */
    public List<String> keys(String bucket) {
        synchronized (buckets) {
            return List.copyOf(bucket(bucket).objects.keySet());
        }
    }

    /**
     * The uploads in parts that were neither completed nor aborted.
     *
     * @param bucket a bucket that exists
     * @return their keys
     */
    public List<String> openUploads(String bucket) {
        synchronized (buckets) {
            return bucket(bucket).uploads.values().stream()
                    .map(StubBucket.StubUpload::key)
                    .toList();
        }
    }

    /**
     * Everything that was asked so far, failed requests included.
     *
     * @return the requests in their order, without their bodies
     */
    public List<StubRequest> requests() {
        return List.copyOf(requests);
    }

    /**
     * How often something was asked so far.
     *
     * @param operation S3's name of it, for example {@code PutObject}
     * @return the number of requests, failed ones included
     */
    public long count(String operation) {
        return requests.stream().filter(r -> r.operation().equals(operation)).count();
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        requests.clear();
    }

    /**
     * Makes the next requests of a kind fail.
     *
     * @param times how many
     * @param operation S3's name of the operation, for example {@code GetObject}
     * @param fault how
     */
    public void inject(int times, String operation, Fault fault) {
        inject(times, request -> request.operation().equals(operation), fault);
    }

    /**
     * Makes the next requests that fulfil a condition fail.
     *
     * @param times how many
     * @param when the condition
     * @param fault how
     */
    public void inject(int times, Predicate<StubRequest> when, Fault fault) {
        faults.inject(times, when, fault);
    }

    /**
     * Makes this server one that does not know a header, as some stores don't know conditional deletes.
     *
     * @param operation S3's name of the operation
     * @param header the header in lower case
     */
    public void ignoreHeader(String operation, String header) {
        faults.ignore(operation, header);
    }

    /** Stops the server. Safe to call twice. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void log(StubRequest request) {
        requests.add(request.withoutBody());
    }

    private StubResponse answer(StubRequest request) {
        synchronized (buckets) {
            return operations.answer(request);
        }
    }

    private StubBucket bucket(String name) {
        StubBucket bucket = buckets.get(name);
        if (bucket == null) {
            throw new IllegalArgumentException("no bucket " + name);
        }
        return bucket;
    }
}
