package com.connylabs.ingest.it.chaos;

/**
 * A promise that was not kept.
 *
 * @param rule what was promised
 * @param what which object, message or process
 * @param detail what is the case instead
 */
record Violation(Rule rule, String what, String detail) {
    /** What is checked. */
    enum Rule {
        /** The last version of every object is in every destination, or a dead letter tells why not. */
        LAST_VERSION_EVERYWHERE,
        /** What is in a destination was written to the source once, as a whole. */
        ONLY_WHAT_WAS_WRITTEN,
        /** What was removed from the source is in all destinations, in its last version. */
        NOTHING_DELETED_UNSEEN,
        /** A workflow without clean-up changes nothing at the source. */
        SOURCE_UNTOUCHED,
        /** What was put into the queue is worked off, whichever process dies, without being put there again. */
        NOTHING_LOST,
        /** With clean-up, what was copied is removed in the end. */
        CLEANED_UP,
        /** No upload in parts is left open. */
        NO_OPEN_UPLOAD,
        /** A marker belongs to an object, and an object has its marker. */
        MARKERS_MATCH,
        /** When nothing is broken any more, everything is done soon, and no process ends before it is told to. */
        COMES_TO_REST,
        /** No message is left in the queue. */
        QUEUE_EMPTY,
        /** No temporary file is left. */
        NO_TEMPORARY_FILE
    }

    @Override
    public String toString() {
        return rule + ": " + what + ": " + detail;
    }
}
