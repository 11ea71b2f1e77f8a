package com.connylabs.ingest.api;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A durable queue of messages, in which an element of a workflow stands once at the most.
 *
 * <p>Safe to use from many threads. Survives the death of any process that uses it.
 *
 * <p>Source: connylabs/ingest, ingest.go, Queue ({@code Publish}, {@code PullSubscribe}).
 */
public interface Queue extends AutoCloseable {
    /**
     * Puts a message into the queue unless the element is outstanding already. Returns at once; the caller bounds how
     * many publishes it has under way. Publishing again after a failure is safe.
     *
     * @param workflow name of the workflow
     * @param id the element's id, which makes it the same element
     * @param data the message's body
     * @return completed when the queue has stored the message durably or has it already; completed with a {@link
     *     TransientException} if trying again may help (queue full, connection lost), with a {@link PermanentException}
     *     if not
     */
    CompletableFuture<PublishResult> publish(String workflow, String id, byte[] data);

    /**
     * Opens a subscription to a workflow's messages. All subscriptions to a workflow, of any process, share them.
     *
     * @param workflow name of the workflow
     * @return the subscription, which the caller closes
     * @throws IngestException if the queue cannot be asked
     * @throws InterruptedException if the thread was interrupted
     */
    Subscription subscribe(String workflow) throws IngestException, InterruptedException;

    /**
     * Counts the elements of a workflow that were published and are not finished: waiting, delayed or being worked on,
     * by whichever process.
     *
     * @param workflow name of the workflow
     * @return the number of messages
     * @throws IngestException if the queue cannot be asked
     * @throws InterruptedException if the thread was interrupted
     */
    long outstanding(String workflow) throws IngestException, InterruptedException;

    /**
     * Asks for the right to list a workflow's source, which one has at a time, in whichever process. It comes free when
     * it is given back, and within half a minute when its holder has died. A queue that cannot keep leases gives one to
     * everybody who asks. Blocks for some round trips; asking again is safe.
     *
     * @param workflow name of the workflow
     * @return the lease, which the caller closes; empty if another has it
     * @throws IngestException if the queue cannot be asked
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<Lease> lease(String workflow) throws IngestException, InterruptedException;

    /**
     * The elements that were given up on. Does not block.
     *
     * @return the dead letters of all workflows of this queue
     */
    DeadLetters deadLetters();

    /**
     * Says whether the queue can be used right now. Does not block.
     *
     * @return false while the connection is down
     */
    boolean connected();

    /**
     * Says why the queue cannot be used right now, for an operator. Does not block.
     *
     * @return the reason, without secrets; empty while the queue is connected
     */
    default Optional<String> fault() {
        return connected() ? Optional.empty() : Optional.of("connection lost; connecting again");
    }

    /** Waits a short time for what is under way, then closes the connection. Safe to call twice. */
    @Override
    void close();
}
