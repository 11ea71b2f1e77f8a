package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.cli.run.Checks.Check;
import com.connylabs.ingest.core.queue.embedded.EmbeddedQueue;
import com.connylabs.ingest.core.queue.nats.NatsOptions;
import com.connylabs.ingest.core.queue.nats.NatsQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens the queue that the settings name. */
public final class Queues {
    private Queues() {}

    /**
     * Opens a queue that is there already.
     *
     * @param settings where it is
     * @return the queue, which the caller closes
     * @throws IngestException if it cannot be reached, or there is none
     * @throws InterruptedException if the thread was interrupted
     */
    public static Queue openExisting(QueueSettings settings) throws IngestException, InterruptedException {
        if (settings.file().isPresent() && !Files.exists(settings.file().get())) {
            throw new PermanentException(
                    "there is no queue " + settings.file().get().toAbsolutePath() + "; see --queue-endpoint");
        }
        return opener(settings, List.of()).open();
    }

    static QueueOpener opener(QueueSettings settings, List<WorkflowConfig> workflows) {
        Map<String, Duration> ackWaits = askedAckWaits(workflows);
        if (settings.file().isPresent()) {
            Path file = settings.file().get();
            return () -> EmbeddedQueue.open(file, ackWaits);
        }
        NatsOptions options = settings.natsOptions(ackWaits);
        return () -> NatsQueue.connect(options);
    }

    /** Tries the connection and changes nothing there. */
    static Check check(QueueSettings settings) {
        if (settings.file().isPresent()) {
            Path file = settings.file().get().toAbsolutePath();
            return new Check("queue", () -> checkFile(file));
        }
        NatsOptions options = settings.natsOptions(Map.of());
        return new Check("queue", () -> NatsQueue.connect(options).close());
    }

    private static void checkFile(Path file) throws EndpointException {
        Path mustBeWritable = Files.exists(file) ? file : file.getParent();
        if (mustBeWritable == null || !Files.isWritable(mustBeWritable)) {
            throw new EndpointException(mustBeWritable + " is missing or may not be written to; see --queue-endpoint");
        }
    }

    /** What is not written may be another one on an existing durable; what is written wins, though it be the default. */
    static Map<String, Duration> askedAckWaits(List<WorkflowConfig> workflows) {
        Map<String, Duration> asked = new HashMap<>();
        for (WorkflowConfig workflow : workflows) {
            workflow.copy().ackWait().ifPresent(written -> asked.put(workflow.name(), written));
        }
        return asked;
    }
}
