package com.connylabs.ingest.core.queue.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;

/** Single messages of a stream, by their sequence. */
final class StreamMessages {
    private StreamMessages() {}

    static Optional<MessageInfo> read(JetStreamManagement management, String stream, long sequence)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getMessage(stream, sequence));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.NO_MESSAGE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The first message on a subject that has at least this sequence. */
    static Optional<MessageInfo> first(JetStreamManagement management, String stream, long from, String subject)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getNextMessage(stream, from, subject));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.NO_MESSAGE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Deletes a message; says whether it was there. */
    static boolean delete(JetStreamManagement management, String stream, long sequence)
            throws IOException, JetStreamApiException {
        try {
            management.deleteMessage(stream, sequence, false);
            return true;
        } catch (JetStreamApiException e) {
            // Another process may have been faster, and that it is gone is all that is wanted.
            if (read(management, stream, sequence).isPresent()) {
                throw e;
            }
            return false;
        }
    }
}
