package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One bucket at one endpoint; nothing is opened before it is first needed. Safe to use from many threads. */
final class S3Connection implements AutoCloseable {
    /** For requests without a body worth mentioning, however slowly the answer drips in. */
    static final AwsRequestOverrideConfiguration BRIEF = AwsRequestOverrideConfiguration.builder()
            .apiCallAttemptTimeout(ObjectRequests.BRIEF)
            .build();

    private static final int MOST_INTERRUPTS = 3;

    private final StoreConfig config;
    private final S3Errors errors;
    private final Conditions conditions;
    private final ExecutorService threads = threads();
    private volatile @Nullable ObjectRequests requests;
    private boolean closed;

    /** A request, or several. */
    interface Call<T> {
        T run(ObjectRequests requests);
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
        return !config.access().mayBeAnonymous() && requests().works();
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
            return call.run(requests());
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
        return call(what, asked -> {
            try {
                return Optional.of(call.run(asked));
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

    Optional<ObjectAnswer> head(String key) throws IngestException, InterruptedException {
        return head(bucket(), key);
    }

    Optional<ObjectAnswer> head(String bucket, String key) throws IngestException, InterruptedException {
        String what = "look at " + S3Uris.name(bucket, key);
        Optional<ObjectAnswer> head = find(what, asked -> asked.head(bucket, key));
        if (head.isPresent() && head.get().eTag() == null && head.get().length().isEmpty()) {
            throw new TransientException(what + ": the answer says nothing about the object; it was cut");
        }
        return head;
    }

    /** Asks for a listing of one key: unlike HEAD, its answer says what is wrong. */
    void check() throws IngestException, InterruptedException {
        PageRequest one = PageRequest.everything(config.prefix()).ofMost(1);
        call("check bucket " + bucket(), asked -> Optional.ofNullable(asked.list(one)));
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.shutdownNow();
        if (requests != null) {
            requests.close();
        }
    }

    private ObjectRequests requests() {
        ObjectRequests made = requests;
        return made == null ? make() : made;
    }

    private synchronized ObjectRequests make() {
        if (closed) {
            throw new IllegalStateException("closed: " + config.location());
        }
        ObjectRequests made = requests;
        if (made == null) {
            made = Clients.requests(config);
            requests = made;
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
