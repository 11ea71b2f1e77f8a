package com.connylabs.ingest.bench.hot;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.core.wire.CodecJson;
import java.time.Instant;
import java.util.OptionalLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an element takes on its way through the queue, beside the queue. */
@State(Scope.Benchmark)
public class MessageBenchmark {
    private final Codec element = new Codec(
            "photos/2026/11/object-0000004711",
            "2026/11/object-0000004711",
            null,
            "\"900150983cd24fb0d6963f7d28e17f72\"",
            OptionalLong.of(4096),
            Instant.parse("2026-11-24T01:02:03Z"));

    private final byte[] body = CodecJson.encode(element);

    /** By the enqueuer. */
    @Benchmark
    public byte[] write() {
        return CodecJson.encode(element);
    }

    /** By a worker. */
    @Benchmark
    public Codec read() throws PermanentException {
        return CodecJson.decode(body);
    }
}
