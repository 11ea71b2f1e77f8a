package com.connylabs.ingest.api;

/**
 * The right to list a workflow's source, which one enqueuer has at a time. It is advice and no lock: two who list at the
 * same time do twice the work and no harm, because an element is outstanding only once.
 *
 * <p>As long as the process lives it is kept by the queue, in the background, also during a long listing. It is lost when
 * the process stood still for so long that another one has taken it. Safe to use from many threads.
 *
 * <p>Source: ours; the original lists with every enqueuer.
 */
public interface Lease extends AutoCloseable {
    /**
     * Whether it is still ours, as far as is known here. Does not block.
     *
     * @return false after {@link #close}, and when it may have been given to another; ask the queue for a new one then
     */
    boolean held();

    /**
     * Gives it back, so that another can have it at once. Blocks for a round trip at the most, whether the thread is
     * interrupted or not. What fails here is no error: then the lease ends when its time is over. Safe to call twice.
     */
    @Override
    void close();
}
