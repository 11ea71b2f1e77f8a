package com.connylabs.ingest.api;

import java.util.Optional;

/**
 * The dead letters of a {@link Queue}: of each element the newest, until it is replayed or purged, for thirty days. Got
 * from {@link Queue#deadLetters}, and usable as long as the queue is. Workers may store and remove letters at any time.
 *
 * <p>Reading changes nothing, and a queue that has never had a dead letter has none: that is no error. Safe to use from
 * many threads. All methods block on the queue; they honour interrupts.
 */
public interface DeadLetters {
    /** Is shown dead letters, one after the other. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Looks at a letter. May replay and purge it.
         *
         * @param letter the letter
         * @throws IngestException to end the visit
         * @throws InterruptedException to end the visit
         */
        void visit(DeadLetter letter) throws IngestException, InterruptedException;
    }

    /**
     * The dead letter of an element.
     *
     * @param workflow name of the workflow
     * @param id the element's id
     * @return its newest letter, or empty if it has none
     * @throws IngestException if the letters cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<DeadLetter> find(String workflow, String id) throws IngestException, InterruptedException;

    /**
     * Shows the letters of a workflow, the oldest first, holding a bounded number of them in memory. Letters that are
     * stored after the start are not shown, so that a visitor who replays what fails again comes to an end.
     *
     * @param workflow name of the workflow
     * @param visitor is called by this thread
     * @throws IngestException if the letters cannot be read, or from the visitor
     * @throws InterruptedException if the thread was interrupted, or from the visitor
     */
    void forEach(String workflow, Visitor visitor) throws IngestException, InterruptedException;

    /**
     * Shows the letters of all workflows, as {@link #forEach(String, Visitor)} does.
     *
     * @param visitor is called by this thread
     * @throws IngestException if the letters cannot be read, or from the visitor
     * @throws InterruptedException if the thread was interrupted, or from the visitor
     */
    void forEach(Visitor visitor) throws IngestException, InterruptedException;

    /**
     * Counts the letters of a workflow.
     *
     * @param workflow name of the workflow
     * @return how many elements have one
     * @throws IngestException if the letters cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    long count(String workflow) throws IngestException, InterruptedException;

    /**
     * Puts an element back into the queue, as fresh as if it had never been tried, and then removes its letter. An
     * element that is outstanding already stays as it is. Doing it again after a failure is safe: whatever happens in
     * between, the element has its letter, or is in the queue, or both.
     *
     * @param letter the letter as it was read
     * @param data the message's body: the letter's, or that with a mark for who gets it
     * @return false, and nothing was done, if this very letter is not there any more: it is gone, or a newer one of the
     *     element has taken its place
     * @throws IngestException if the element could not be published or the letter could not be removed
     * @throws InterruptedException if the thread was interrupted
     */
    boolean replay(DeadLetter letter, byte[] data) throws IngestException, InterruptedException;

    /**
     * Removes a letter for good.
     *
     * @param letter the letter as it was read
     * @return false, and nothing was done, if this very letter is not there any more: it is gone, or a newer one of the
     *     element has taken its place
     * @throws IngestException if the letter could not be removed
     * @throws InterruptedException if the thread was interrupted
     */
    boolean purge(DeadLetter letter) throws IngestException, InterruptedException;
}
