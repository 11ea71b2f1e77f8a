package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.core.queue.DeadLetterJson;
import com.connylabs.ingest.core.queue.WorkflowName;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The dead letters for whoever looks at them. Makes no stream: one that is not there has no letters. What is removed is
 * the message that was read, by its sequence, and not whatever its subject has meanwhile.
 */
final class NatsLetters implements DeadLetters {
    private final NatsConnector connector;
    private final NatsPublisher publisher;
    private final String stream;

    NatsLetters(NatsConnector connector, NatsPublisher publisher, NatsOptions options) {
        this.connector = connector;
        this.publisher = publisher;
        this.stream = LetterSubjects.stream(options);
    }

    /** What is asked of the server. */
    @FunctionalInterface
    interface Request<T> {
        T run(JetStreamManagement management)
                throws IOException, JetStreamApiException, IngestException, InterruptedException;
    }

    @Override
    public Optional<DeadLetter> find(String workflow, String id) throws IngestException, InterruptedException {
        WorkflowName.require(workflow);
        return request("reading the letter of " + id, management -> {
            Optional<MessageInfo> found = last(management, workflow, id);
            return found.isPresent() ? Optional.of(read(found.get())) : Optional.empty();
        });
    }

    @Override
    public void forEach(String workflow, Visitor visitor) throws IngestException, InterruptedException {
        show(LetterSubjects.ofWorkflow(stream, WorkflowName.require(workflow)), visitor);
    }

    @Override
    public void forEach(Visitor visitor) throws IngestException, InterruptedException {
        show(LetterSubjects.all(stream), visitor);
    }

    private void show(String filter, Visitor visitor) throws IngestException, InterruptedException {
        request("reading", management -> {
            try (LetterScan scan = new LetterScan(connector, stream, filter)) {
                return scan.run(visitor);
            }
        });
    }

    @Override
    public long count(String workflow) throws IngestException, InterruptedException {
        String filter = LetterSubjects.ofWorkflow(stream, WorkflowName.require(workflow));
        return request("counting", management -> LetterCount.of(management, stream, filter));
    }

    @Override
    public boolean replay(DeadLetter letter, byte[] data) throws IngestException, InterruptedException {
        return request("replaying " + letter.id(), management -> {
            Optional<Long> sequence = sequence(management, letter);
            if (sequence.isEmpty()) {
                return false;
            }
            publish(letter, data);
            // Somebody may have been faster, even with a newer letter; the element is in the queue all the same.
            StreamMessages.delete(management, stream, sequence.get());
            return true;
        });
    }

    private void publish(DeadLetter letter, byte[] data) throws IngestException, InterruptedException {
        try {
            publisher.publish(letter.workflow(), letter.id(), data).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IngestException known) {
                throw known;
            }
            throw new IllegalStateException("publishing fails with nothing else", e);
        }
    }

    @Override
    public boolean purge(DeadLetter letter) throws IngestException, InterruptedException {
        return request("purging the letter of " + letter.id(), management -> {
            Optional<Long> sequence = sequence(management, letter);
            return sequence.isPresent() && StreamMessages.delete(management, stream, sequence.get());
        });
    }

    /** Where this very letter is, if it is there still. */
    private Optional<Long> sequence(JetStreamManagement management, DeadLetter letter)
            throws IOException, JetStreamApiException, IngestException {
        WorkflowName.require(letter.workflow());
        Optional<MessageInfo> found = last(management, letter.workflow(), letter.id());
        return found.isPresent() && read(found.get()).equals(letter)
                ? Optional.of(found.get().getSeq())
                : Optional.empty();
    }

    private Optional<MessageInfo> last(JetStreamManagement management, String workflow, String id)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getLastMessage(stream, LetterSubjects.of(stream, workflow, id)));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.NO_MESSAGE || e.getApiErrorCode() == ApiErrors.STREAM_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static DeadLetter read(MessageInfo message) throws IngestException {
        return DeadLetterJson.read(message.getData());
    }

    private <T> T request(String what, Request<T> request) throws IngestException, InterruptedException {
        return Interrupts.honoured(() -> {
            connector.requireConnected();
            try {
                return request.run(connector.connection().jetStreamManagement());
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                throw ApiErrors.endpoint(
                        "queue at " + connector.where() + ": stream " + stream + " of dead letters: " + what, e);
            }
        });
    }
}
