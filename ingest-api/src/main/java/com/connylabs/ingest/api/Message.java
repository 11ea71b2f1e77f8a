package com.connylabs.ingest.api;

import java.time.Duration;

/**
 * One delivery of a message. Unless it is acknowledged, given back or terminated, or {@link #inProgress} is called in
 * time, the queue delivers the message again to anybody. Safe to use from many threads.
 *
 * <p>An acknowledgement does not prove that nobody else worked on the element meanwhile; work on it must be idempotent.
 */
public interface Message {
    /**
     * The body.
     *
     * @return the bytes as they were published; not to be changed
     */
    byte[] data();

    /**
     * How often the message was delivered, this time included.
     *
     * @return 1 for the first delivery
     */
    long deliveries();

    /**
     * Ends the message: everything that its element asked for is done. Blocks until the queue has confirmed it.
     *
     * @throws IngestException if the confirmation did not come; the message may then be delivered again
     * @throws InterruptedException if the thread was interrupted
     */
    void ack() throws IngestException, InterruptedException;

    /**
     * Gives the message back, to be delivered again.
     *
     * @param delay how long to wait before that
     * @throws IngestException if the queue could not be told; the message is then delivered after the ack wait
     */
    void nak(Duration delay) throws IngestException;

    /**
     * Gives the element up: stores the dead letter, awaits that, and then ends the message.
     *
     * @param letter what is kept of it
     * @throws IngestException if the letter could not be stored; the message is then still alive
     * @throws InterruptedException if the thread was interrupted
     */
    void term(DeadLetter letter) throws IngestException, InterruptedException;

    /**
     * Tells the queue that the message is still being worked on, which starts its ack wait afresh. Not for a delivery that was
     * given back: some queues would put off the next one, because they cannot tell it from this.
     *
     * @throws IngestException if the queue could not be told
     */
    void inProgress() throws IngestException;
}
