package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.core.queue.WorkflowName;
import java.util.List;
import java.util.Optional;

/** The dead letters in the file. A replayed one is a message again in the instant in which its letter goes. */
final class EmbeddedDeadLetters implements DeadLetters {
    private static final int PAGE = 100;

    private final Database database;
    private final Signal signal;

    EmbeddedDeadLetters(Database database, Signal signal) {
        this.database = database;
        this.signal = signal;
    }

    @Override
    public Optional<DeadLetter> find(String workflow, String id) throws IngestException {
        return database.read("read a dead letter", connection -> Letters.find(connection, workflow, id));
    }

    @Override
    public void forEach(String workflow, Visitor visitor) throws IngestException, InterruptedException {
        show(Optional.of(WorkflowName.require(workflow)), visitor);
    }

    @Override
    public void forEach(Visitor visitor) throws IngestException, InterruptedException {
        show(Optional.empty(), visitor);
    }

    /** A page at a time, so that nobody who reads or writes has to wait for the visitor. */
    private void show(Optional<String> workflow, Visitor visitor) throws IngestException, InterruptedException {
        long newest = database.read("read the dead letters", Letters::newest);
        List<Letters.Row> page = page(workflow, 0, newest);
        while (!page.isEmpty()) {
            for (Letters.Row row : page) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                visitor.visit(row.letter());
            }
            page = page(workflow, page.get(page.size() - 1).rowid(), newest);
        }
    }

    private List<Letters.Row> page(Optional<String> workflow, long after, long upTo) throws IngestException {
        var range = new Letters.Range(workflow, after, upTo, PAGE);
        return database.read("read the dead letters", connection -> Letters.page(connection, range));
    }

    @Override
    public long count(String workflow) throws IngestException {
        return database.read("count the dead letters", connection -> Letters.count(connection, workflow));
    }

    @Override
    public boolean replay(DeadLetter letter, byte[] data) throws IngestException, InterruptedException {
        byte[] copy = data.clone();
        boolean replayed = database.writeNow("replay the dead letter of " + letter.id(), connection -> {
            boolean there = Letters.delete(connection, letter);
            if (there) {
                Messages.insert(connection, letter.workflow(), letter.id(), copy);
            }
            return there;
        });
        signal.give();
        return replayed;
    }

    @Override
    public boolean purge(DeadLetter letter) throws IngestException, InterruptedException {
        return database.writeNow(
                "purge the dead letter of " + letter.id(), connection -> Letters.delete(connection, letter));
    }
}
