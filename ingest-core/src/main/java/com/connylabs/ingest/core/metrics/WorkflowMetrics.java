package com.connylabs.ingest.core.metrics;

import java.time.Duration;

/**
 * Told what happens in one workflow. Called from many threads; must be quick and must not throw.
 *
 * <p>Each method with a {@link Result} stands for a metric of the Go original, see docs/compatibility.md. The others
 * feed the progress line and the summary.
 */
public interface WorkflowMetrics {
    /** Hears everything and keeps nothing. */
    WorkflowMetrics NONE = new WorkflowMetrics() {};

    /** What is done to the queue. */
    enum QueueOperation {
        /** A fetch of messages, however many came. */
        POP,
        /** A message published, or found to be there already. */
        PUBLISH
    }

    /** What is asked of the source. */
    enum ClientOperation {
        /** An object opened. */
        DOWNLOAD,
        /** An object removed. */
        CLEANUP
    }

    /** What is asked of a destination. */
    enum StorageOperation {
        /** Asked whether the element is there. */
        STAT,
        /** An object stored. */
        STORE
    }

    /**
     * A whole listing ended.
     *
     * @param result how
     */
    default void enqueueAttempt(Result result) {}

    /**
     * A delivery of a message ended: it was worked off (copied, found to be there, or gone at the source), or it failed.
     *
     * @param result how
     */
    default void dequeueAttempt(Result result) {}

    /**
     * A webhook request ended.
     *
     * @param result how
     */
    default void webhookRequest(Result result) {}

    /**
     * An operation on the queue ended.
     *
     * @param operation which
     * @param result how
     */
    default void queueOperation(QueueOperation operation, Result result) {}

    /**
     * An operation on the source ended.
     *
     * @param operation which
     * @param result how
     */
    default void clientOperation(ClientOperation operation, Result result) {}

    /**
     * An operation on a destination ended.
     *
     * @param destination name of the destination
     * @param operation which
     * @param result how; not to find an element is a success
     * @param took how long it took
     */
    default void storageOperation(String destination, StorageOperation operation, Result result, Duration took) {}

    /**
     * An operation on all the destinations of a workflow that has several ended.
     *
     * @param operation which
     * @param result how; an error if it failed at any of them
     * @param took how long all of them took together
     */
    default void compositeOperation(StorageOperation operation, Result result, Duration took) {}

    /** The listing found an element. */
    default void listed() {}

    /** An element was put into the queue; not called when it was there already. */
    default void queued() {}

    /** An element that a listing found was left out, because it has a dead letter of the same version. */
    default void suppressed() {}

    /** An element that a listing found was left out, because the destinations' listings show that all of them have it. */
    default void present() {}

    /**
     * An element was copied to every destination that lacked it.
     *
     * @param bytes its length
     */
    default void copied(long bytes) {}

    /** An element was found in every destination; nothing was copied. */
    default void skipped() {}

    /** The source does not have the element any more. */
    default void gone() {}

    /** An element became a dead letter. */
    default void givenUp() {}

    /**
     * The workflow takes no elements because an endpoint is at fault. Called again when the reason changes.
     *
     * @param endpoint the endpoint, and what cannot be done there, for example {@code bar_1 store}
     * @param reason why, for an operator; holds no secret
     */
    default void paused(String endpoint, String reason) {}

    /**
     * So many elements are worked on at a time from now on. Called at the start, and whenever it changes because an
     * endpoint says that it is asked for too much, or takes more again.
     *
     * @param most at least 1, at most what is configured
     */
    default void concurrency(int most) {}

    /** The workflow is not paused any more. Also called where it was not. */
    default void resumed() {}
}
