package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.core.queue.ElementHash;

/** Where the dead letters are: in a stream of their own, on a subject for each element. */
final class LetterSubjects {
    private LetterSubjects() {}

    static String stream(NatsOptions options) {
        return options.stream() + "-dead";
    }

    static String all(String stream) {
        return stream + ".*.*";
    }

    static String ofWorkflow(String stream, String workflow) {
        return stream + "." + workflow + ".*";
    }

    static String of(String stream, String workflow, String id) {
        return stream + "." + workflow + "." + ElementHash.of(id);
    }
}
