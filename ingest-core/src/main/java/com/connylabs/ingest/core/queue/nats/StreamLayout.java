package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.core.queue.ElementHash;
import io.nats.client.api.StreamConfiguration;
import java.util.Optional;

/** How the elements of a workflow are laid out on the subjects of a stream. */
enum StreamLayout {
    /** A subject an element: ours. */
    PER_ELEMENT,
    /** A subject a workflow: the Go original's. Source: connylabs/ingest, cmd/ingest/main.go. */
    PER_WORKFLOW;

    /** The layout that a stream has, if it has one of the two. */
    static Optional<StreamLayout> of(StreamConfiguration stream, String prefix) {
        if (stream.getSubjects().contains(PER_ELEMENT.streamSubject(prefix))) {
            return Optional.of(PER_ELEMENT);
        }
        if (stream.getSubjects().contains(PER_WORKFLOW.streamSubject(prefix))) {
            return Optional.of(PER_WORKFLOW);
        }
        return Optional.empty();
    }

    /** What the stream listens to. */
    String streamSubject(String prefix) {
        return prefix + (this == PER_ELEMENT ? ".*.*" : ".*");
    }

    /** What a workflow's durable listens to. */
    String filter(String prefix, String workflow) {
        return prefix + "." + workflow + (this == PER_ELEMENT ? ".*" : "");
    }

    /** Where an element is published. */
    String subject(String prefix, String workflow, String id) {
        return prefix + "." + workflow + (this == PER_ELEMENT ? "." + ElementHash.of(id) : "");
    }
}
