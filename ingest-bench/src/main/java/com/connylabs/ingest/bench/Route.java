package com.connylabs.ingest.bench;

import java.util.List;

/**
 * What is copied where.
 *
 * @param source the endpoint that has it
 * @param destinations the endpoints that get it
 * @param bucket its name, the same everywhere: each subject has a bucket of its own
 * @param concurrency most objects at the same time
 */
public record Route(Stub source, List<Stub> destinations, String bucket, int concurrency) {

    /** The same, in another bucket. */
    public Route in(String other) {
        return new Route(source, destinations, other, concurrency);
    }

    /** Lets each request at all endpoints wait. */
    public void latency(long millis) {
        source.latency(millis);
        destinations.forEach(stub -> stub.latency(millis));
    }
}
