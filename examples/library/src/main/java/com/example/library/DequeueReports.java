package com.example.library;

import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.dequeue.DequeuerOptions;
import com.connylabs.ingest.core.dequeue.WorkflowDequeuer;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import java.nio.file.Path;
import java.util.List;

/** Copies what is in the queue into a table, until nothing is left. Run as many of these at once as you like. */
public final class DequeueReports {
    private DequeueReports() {}

    /**
     * Runs it.
     *
     * @param args the queue, as for {@link EnqueueReports}, and the database file for the table
     * @throws Exception if the queue cannot be used
     */
    public static void main(String[] args) throws Exception {
        try (Queue queue = Queues.open(args[0])) {
            WorkflowDequeuer dequeuer =
                    dequeuer(queue, new SampleWeather(25), TableStorage.open(Path.of(args[1])), WorkflowMetrics.NONE);
            dequeuer.drain(); // without it, dequeue() goes on until somebody calls stop()
            dequeuer.dequeue();
        }
    }

    static WorkflowDequeuer dequeuer(Queue queue, Weather weather, Storage table, WorkflowMetrics metrics) {
        return new WorkflowDequeuer(
                queue,
                new StationClient(weather),
                List.of(new Target("table", table)),
                DequeuerOptions.of("reports"),
                metrics);
    }
}
