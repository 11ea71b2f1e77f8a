package com.example.library;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.enqueue.WorkflowEnqueuer;

/** Lists the stations once and puts them into the queue. */
public final class EnqueueReports {
    private EnqueueReports() {}

    /**
     * Runs it.
     *
     * @param args the queue: {@code reports.db}, or {@code nats://localhost:4222}
     * @throws Exception if the queue or the service cannot be used
     */
    public static void main(String[] args) throws Exception {
        try (Queue queue = Queues.open(args[0])) {
            System.out.println(enqueue(queue, new SampleWeather(25)));
        }
    }

    static Listing enqueue(Queue queue, Weather weather) throws IngestException, InterruptedException {
        try (StationNexter nexter = new StationNexter(weather)) {
            return new WorkflowEnqueuer(queue, nexter, "reports").enqueue();
        }
    }
}
