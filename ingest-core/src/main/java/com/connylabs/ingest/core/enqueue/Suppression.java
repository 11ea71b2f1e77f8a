package com.connylabs.ingest.core.enqueue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.core.wire.CodecJson;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps what was given up on out of the listings of one workflow. When a listing begins, the ids of all dead letters are
 * read, eight bytes each and a million at the most; an element with one of them is looked at once more. One of the same
 * version is left out. One that has changed since takes the place of its letter.
 *
 * <p>While the letters cannot be read, everything is published: what was given up on is tried again then. Outlives the
 * listings, so that it can tell of that once. Used by one thread at a time.
 */
public final class Suppression {
    private static final Logger log = LoggerFactory.getLogger(Suppression.class);
    private static final int MOST = 1_000_000;

    private final DeadLetters letters;
    private final String workflow;
    private IdIndex dead = new IdIndex(0);
    private boolean failing;

    /**
     * Suppression for a workflow.
     *
     * @param letters the queue's dead letters
     * @param workflow name of the workflow
     */
    public Suppression(DeadLetters letters, String workflow) {
        this.letters = requireNonNull(letters, "letters");
        this.workflow = requireNonNull(workflow, "workflow");
    }

    /** What becomes of an element that was listed. */
    enum Fate {
        /** It is to be published. */
        PUBLISH,
        /** It is left out, because it was given up on. */
        SUPPRESS,
        /** It has been published in the place of its letter. */
        REVIVED
    }

    /** Reads which elements have dead letters. */
    void read() throws InterruptedException {
        IdIndex found = new IdIndex(MOST);
        try {
            letters.forEach(workflow, letter -> found.add(letter.id()));
        } catch (IngestException e) {
            failed(e);
            return;
        }
        dead = found;
        if (failing) {
            failing = false;
            log.info("dead letters can be read again");
        }
    }

    /** Decides about an element. */
    Fate judge(Codec element) throws InterruptedException {
        if (!dead.mayContain(element.id())) {
            return Fate.PUBLISH;
        }
        try {
            Optional<DeadLetter> letter = letters.find(workflow, element.id());
            if (letter.isEmpty()) {
                return Fate.PUBLISH;
            }
            if (sameVersion(element, letter.get())) {
                return Fate.SUPPRESS;
            }
            return letters.replay(letter.get(), CodecJson.encode(element)) ? Fate.REVIVED : Fate.PUBLISH;
        } catch (IngestException e) {
            failed(e);
            return Fate.PUBLISH;
        }
    }

    private static boolean sameVersion(Codec listed, DeadLetter letter) {
        Codec dead;
        try {
            dead = CodecJson.decode(letter.data());
        } catch (PermanentException e) {
            return false; // of a message that nobody could read, and this element can be read
        }
        if (listed.version() != null || dead.version() != null) {
            return Objects.equals(listed.version(), dead.version());
        }
        return listed.size().equals(dead.size()) && Objects.equals(listed.lastModified(), dead.lastModified());
    }

    /** Nothing more is asked in this listing: each question might wait for an answer that does not come. */
    private void failed(IngestException e) {
        dead = new IdIndex(0);
        log.atLevel(failing ? Level.DEBUG : Level.WARN)
                .addKeyValue("reason", e.getMessage())
                .log("dead letters cannot be read; what was given up on is tried again meanwhile");
        failing = true;
    }
}
