package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One bucket at one endpoint. The SDK's client is made when it is first needed, because that loads some thousand classes.
 * Safe to use from many threads.
 */
final class S3Connection implements AutoCloseable {
    /** For requests without a body worth mentioning, however slowly the answer drips in. */
    static final AwsRequestOverrideConfiguration BRIEF = AwsRequestOverrideConfiguration.builder()
            .apiCallAttemptTimeout(Duration.ofSeconds(60))
            .build();

    private static final int MOST_INTERRUPTS = 3;

    private final StoreConfig config;
    private final S3Errors errors;
    private final Conditions conditions;
    private final ExecutorService threads = threads();
    private @Nullable SdkHttpClient http;
    private volatile @Nullable S3Client client;
    private boolean closed;

    /** A request, or several. */
    interface Call<T> {
        T run(S3Client client);
    }

    S3Connection(StoreConfig config) {
        this.config = config;
        this.errors = new S3Errors(config);
        this.conditions = new Conditions(config.bucket());
    }

    String bucket() {
        return config.bucket();
    }

    URI uri(String key) {
        return S3Uris.of(config.bucket(), key);
    }

    /** As {@link #uri}, for messages. */
    String name(String key) {
        return S3Uris.name(config.bucket(), key);
    }

    Conditions conditions() {
        return conditions;
    }

    /** Whether nothing but us protects what is sent: a signature over the body is made for plain HTTP only. */
    boolean needsContentMd5() {
        return config.endpoint().secure() || config.access().mayBeAnonymous();
    }

    /** Whether an object can be sent that is read once only: the SDK would have to send it again where its ways are needed. */
    boolean sendsOnce() {
        return !config.access().mayBeAnonymous() && client() instanceof ShortcutClient shortcut && shortcut.works();
    }

    /**
     * Makes a request.
     *
     * @param what what is done to which object, for messages
     */
    <T> T call(String what, Call<T> call) throws IngestException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(what);
        }
        try {
            return call.run(client());
        } catch (AbortedException e) {
            throw interrupted(what, e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof AbortedException aborted) {
                throw interrupted(what, aborted);
            }
            throw errors.translate(what, e);
        } catch (StackOverflowError e) { // the SDK's parser of XML descends as deep as the answer does
            throw new EndpointException(what + ": the store's answer cannot be read, it is nested too deeply", e);
        }
    }

    /** As {@link #call}; empty if the object is not there. */
    <T> Optional<T> find(String what, Call<T> call) throws IngestException, InterruptedException {
        return call(what, client -> {
            try {
                return Optional.of(call.run(client));
            } catch (S3Exception e) {
                if (S3Errors.isAbsent(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** What may be interrupted. */
    interface Work<T> {
        T run() throws IngestException, InterruptedException;
    }

    /** Clears up: interrupts don't keep it from being done, and are still there afterwards. */
    static <T> T despiteInterrupt(String what, Work<T> work) throws IngestException {
        boolean interrupted = false;
        try {
            for (int tries = 0; tries < MOST_INTERRUPTS; tries++) {
                try {
                    return work.run();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            throw new TransientException(what + ": interrupted again and again");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does something on another thread; closing the connection ends it. */
    <T> Future<T> later(Callable<T> task) {
        try {
            return threads.submit(task);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("closed: " + config.location(), e);
        }
    }

    /** As many as there are listings at a time, and none where nothing is listed. */
    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "s3-list");
            thread.setDaemon(true);
            thread.setContextClassLoader(S3Connection.class.getClassLoader());
            return thread;
        });
    }

    Optional<HeadObjectResponse> head(String key) throws IngestException, InterruptedException {
        return head(bucket(), key);
    }

    Optional<HeadObjectResponse> head(String bucket, String key) throws IngestException, InterruptedException {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .overrideConfiguration(BRIEF)
                .build();
        String what = "look at " + S3Uris.name(bucket, key);
        Optional<HeadObjectResponse> head = find(what, client -> client.headObject(request));
        if (head.isPresent() && head.get().eTag() == null && head.get().contentLength() == null) {
            throw new TransientException(what + ": the answer says nothing about the object; it was cut");
        }
        return head;
    }

    /** Asks for a listing of one key: unlike HEAD, its answer says what is wrong. */
    void check() throws IngestException, InterruptedException {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket())
                .prefix(config.prefix())
                .maxKeys(1)
                .overrideConfiguration(BRIEF)
                .build();
        call("check bucket " + bucket(), client -> client.listObjectsV2(request));
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.shutdownNow();
        if (client != null) {
            client.close();
        }
        if (http != null) {
            http.close();
        }
    }

    private S3Client client() {
        S3Client made = client;
        return made == null ? make() : made;
    }

    private synchronized S3Client make() {
        if (closed) {
            throw new IllegalStateException("closed: " + config.location());
        }
        S3Client made = client;
        if (made == null) {
            http = Clients.http();
            made = Clients.s3(config, http);
            client = made;
        }
        return made;
    }

    private static InterruptedException interrupted(String what, AbortedException cause) {
        Thread.interrupted(); // the SDK set it again; the exception takes its place
        InterruptedException interrupted = new InterruptedException(what);
        interrupted.initCause(cause);
        return interrupted;
    }
}
