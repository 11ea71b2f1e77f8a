package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.IngestException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The dead letters of an {@link InMemoryQueue}. */
record InMemoryDeadLetters(InMemoryQueue queue, QueueStore store) implements DeadLetters {
    @Override
    public Optional<DeadLetter> find(String workflow, String id) throws IngestException, InterruptedException {
        queue.beforeBlocking(Operation.LETTERS, id);
        return letters(letter ->
                        letter.workflow().equals(workflow) && letter.id().equals(id))
                .stream()
                .findFirst();
    }

    @Override
    public void forEach(String workflow, Visitor visitor) throws IngestException, InterruptedException {
        show(letter -> letter.workflow().equals(workflow), visitor);
    }

    @Override
    public void forEach(Visitor visitor) throws IngestException, InterruptedException {
        show(letter -> true, visitor);
    }

    @Override
    public long count(String workflow) throws IngestException, InterruptedException {
        queue.beforeBlocking(Operation.LETTERS, "");
        return letters(letter -> letter.workflow().equals(workflow)).size();
    }

    @Override
    public boolean replay(DeadLetter letter, byte[] data) throws IngestException, InterruptedException {
        queue.beforeBlocking(Operation.REPLAY, letter.id());
        byte[] copy = data.clone();
        return store.with(() -> {
            boolean there = store.letters.remove(letter);
            if (there) {
                store.add(letter.workflow(), letter.id(), copy);
            }
            return there;
        });
    }

    @Override
    public boolean purge(DeadLetter letter) throws IngestException, InterruptedException {
        queue.beforeBlocking(Operation.PURGE, letter.id());
        return store.with(() -> store.letters.remove(letter));
    }

    private void show(Predicate<DeadLetter> which, Visitor visitor) throws IngestException, InterruptedException {
        queue.beforeBlocking(Operation.LETTERS, "");
        for (DeadLetter letter : letters(which)) {
            visitor.visit(letter);
        }
    }

    private List<DeadLetter> letters(Predicate<DeadLetter> which) {
        return store.with(() -> store.letters.stream().filter(which).toList());
    }
}
