package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.IngestException;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import java.io.IOException;

/**
 * Counts a workflow's messages. On a stream of ours those that are in the stream are outstanding, whatever the durable
 * believes of them; on an original's, which may keep messages for others, the durable has to be believed.
 */
final class OutstandingCount {
    // Naming more subjects than this takes the server several answers of some megabytes.
    private static final long EXACT_UP_TO = 100_000;

    private final NatsConnector connector;

    OutstandingCount(NatsConnector connector) {
        this.connector = connector;
    }

    long of(Route route) throws IngestException {
        connector.requireConnected();
        try {
            JetStreamManagement management = connector.connection().jetStreamManagement();
            if (route.layout() == StreamLayout.PER_WORKFLOW) {
                return ofDurable(management, route);
            }
            long inStream =
                    management.getStreamInfo(route.stream()).getStreamState().getMsgCount();
            if (inStream == 0) {
                return 0;
            }
            long ofDurable = inStream > EXACT_UP_TO ? ofDurable(management, route) : 0;
            return ofDurable > EXACT_UP_TO ? ofDurable : ofSubjects(management, route);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw ApiErrors.endpoint(
                    "queue at " + connector.where() + ": counting what is outstanding of workflow " + route.workflow(),
                    e);
        }
    }

    private static long ofDurable(JetStreamManagement management, Route route)
            throws IOException, JetStreamApiException {
        ConsumerInfo info = management.getConsumerInfo(route.stream(), route.durable());
        return info.getNumPending() + info.getNumAckPending();
    }

    private static long ofSubjects(JetStreamManagement management, Route route)
            throws IOException, JetStreamApiException {
        StreamInfo info = management.getStreamInfo(route.stream(), StreamInfoOptions.filterSubjects(route.filter()));
        return info.getStreamState().getSubjects().stream()
                .mapToLong(Subject::getCount)
                .sum();
    }
}
