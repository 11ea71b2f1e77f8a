package com.connylabs.ingest.core.queue.nats;

import java.time.Duration;

/**
 * Where a workflow's messages are, once the stream and the durable have been seen or made.
 *
 * @param options the queue's names
 * @param layout the stream's
 * @param workflow name of the workflow
 * @param ackWait what the durable really has
 */
record Route(NatsOptions options, StreamLayout layout, String workflow, Duration ackWait) {
    String stream() {
        return options.stream();
    }

    String durable() {
        return durable(options, workflow);
    }

    String filter() {
        return layout.filter(options.subject(), workflow);
    }

    String subject(String id) {
        return layout.subject(options.subject(), workflow, id);
    }

    static String durable(NatsOptions options, String workflow) {
        return options.consumer() + "__" + workflow;
    }
}
