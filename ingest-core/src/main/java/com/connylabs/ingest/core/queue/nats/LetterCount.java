package com.connylabs.ingest.core.queue.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import java.io.IOException;

/** Counts dead letters without reading them. */
final class LetterCount {
    private LetterCount() {}

    static long of(JetStreamManagement management, String stream, String filter)
            throws IOException, JetStreamApiException {
        try {
            if (management.getStreamInfo(stream).getStreamState().getMsgCount() == 0) {
                return 0;
            }
            // Some megabytes where there are very many, but it makes nothing on the server.
            return management
                    .getStreamInfo(stream, StreamInfoOptions.filterSubjects(filter))
                    .getStreamState()
                    .getSubjects()
                    .stream()
                    .mapToLong(Subject::getCount)
                    .sum();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.STREAM_NOT_FOUND) {
                return 0;
            }
            throw e;
        }
    }
}
