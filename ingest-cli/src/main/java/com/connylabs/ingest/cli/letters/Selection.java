package com.connylabs.ingest.cli.letters;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.DeadLetters.Visitor;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.core.queue.ElementHash;
import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param workflow of this workflow only
 * @param id of elements with this id, or with an id that has this hash
 */
public record Selection(Optional<String> workflow, Optional<String> id) {
    /**
     * Shows the letters that are meant.
     *
     * @param letters all letters
     * @param visitor is shown them
     * @throws IngestException if they cannot be read, or from the visitor
     * @throws InterruptedException if the thread was interrupted
     */
    public void visit(DeadLetters letters, Visitor visitor) throws IngestException, InterruptedException {
        if (workflow.isPresent() && id.isPresent()) {
            Optional<DeadLetter> exact = letters.find(workflow.get(), id.get());
            if (exact.isPresent()) {
                visitor.visit(exact.get());
                return;
            }
        }
        Visitor meant = letter -> {
            if (isMeant(letter)) {
                visitor.visit(letter);
            }
        };
        if (workflow.isPresent()) {
            letters.forEach(workflow.get(), meant);
        } else {
            letters.forEach(meant);
        }
    }

    private boolean isMeant(DeadLetter letter) {
        return id.isEmpty() || id.get().equals(letter.id()) || id.get().equals(ElementHash.of(letter.id()));
    }
}
