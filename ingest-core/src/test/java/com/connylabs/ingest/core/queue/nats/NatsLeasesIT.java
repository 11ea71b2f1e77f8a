package com.connylabs.ingest.core.queue.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.queue.LeaseStoreContract;
import com.connylabs.ingest.core.queue.Leases;
import com.connylabs.ingest.testkit.Await;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsLeasesIT extends LeaseStoreContract {
    private static final String BUCKET = "KV_ingest-leases";

    @TempDir
    Path temp;

    private NatsFixture nats;
    private NatsConnector connector;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture(temp.resolve("nats"));
        connector = NatsConnector.open(nats.options());
    }

    @AfterEach
    void stop() throws Exception {
        connector.close();
        nats.close();
    }

    @Override
    protected Queue queue() throws Exception {
        return NatsQueue.connect(nats.options(), TIME);
    }

    @Override
    protected Leases.Store store() {
        return new NatsLeases(connector, nats.options(), TIME);
    }

    @Test
    void theBucketIsMadeSoThatLeasesEndByThemselves() throws Exception {
        try (Queue queue = queue()) {
            assertTrue(queue.lease("w").isPresent(), "a lease");
            StreamConfiguration bucket = nats.stream(BUCKET);
            assertEquals(TIME, bucket.getMaxAge(), "time");
            assertEquals(StorageType.File, bucket.getStorageType(), "storage");
            assertEquals(1, bucket.getReplicas(), "replicas");
        }
    }

    @Test
    void aLeaseEndsInABucketThatForgetsNothing() throws Exception {
        try (Queue queue = queue();
                Lease lease = queue.lease("w").orElseThrow()) {
            assertTrue(lease.held(), "held");
            StreamConfiguration.Builder bucket = StreamConfiguration.builder(nats.stream(BUCKET));
            nats.management().updateStream(bucket.maxAge(Duration.ZERO).build());
        }
        takeOverFromTheDead();
    }

    @Test
    void aBucketDeletedUnderUsIsMadeAgain() throws Exception {
        try (Queue queue = queue();
                Lease lease = queue.lease("w").orElseThrow()) {
            nats.management().deleteStream(BUCKET);
            Await.until("a renewal", SOON, () -> nats.stream(BUCKET) != null);
            Await.until("held", SOON, lease::held);
        }
    }

    @Test
    void withoutAConnectionNobodyIsGivenALeaseAndOneThatIsHeldSurvives() throws Exception {
        try (Queue queue = queue();
                Queue second = queue();
                Lease lease = queue.lease("w").orElseThrow()) {
            nats.server.kill();
            Await.until("a notice of the outage", SOON, () -> !second.connected());
            assertThrows(EndpointException.class, () -> second.lease("w"), "a lease");
            Await.until("doubts", SOON, () -> !lease.held());
            nats.server.restart();
            Await.until("renewal", SOON, () -> lease.held() && second.connected());
            assertEquals(Optional.empty(), second.lease("w"), "a second one");
        }
    }

    @Test
    void aStreamsNameThatIsNoBucketsIsReplaced() {
        assertEquals("a_b-C1-leases", NatsLeases.bucket("a_b-C1"), "as it is");
        assertFalse(NatsLeases.bucket("Müll:1").contains("ü"), "replaced");
    }
}
