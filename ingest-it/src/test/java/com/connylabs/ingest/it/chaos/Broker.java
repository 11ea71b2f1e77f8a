package com.connylabs.ingest.it.chaos;

import java.util.List;

/** The queue of a run, seen by a bystander, who does not ask the program. Used by one thread. */
interface Broker extends AutoCloseable {
    /** The program's flags. */
    List<String> flags();

    /** Kills what can be killed; whoever is killed already stays so. */
    void kill() throws Exception;

    /** Starts what was killed again. */
    void mend() throws Exception;

    /** Messages of all workflows that are in the queue, in whatever state. */
    long messages() throws Exception;

    /** All dead letters. */
    List<Letter> letters() throws Exception;

    @Override
    void close();

    /**
     * A dead letter.
     *
     * @param id the element's, which is the source's key
     * @param reason why it was given up
     */
    record Letter(String id, String reason) {}
}
