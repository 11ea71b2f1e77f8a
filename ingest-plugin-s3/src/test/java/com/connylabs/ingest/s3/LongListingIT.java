package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import com.connylabs.ingest.testkit.s3.StubRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listings that are long enough to be read several branches at a time. */
@Timeout(300)
class LongListingIT {
    private static final int BRANCHES = 5;
    private static final int EACH = 10_000;

    private S3Stub stub;
    private TestStore store;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start("bucket");
        store = TestStore.of(stub, "bucket");
        for (int i = 0; i < BRANCHES * EACH; i++) {
            stub.put("bucket", "p/" + name(i), new byte[0], Map.of());
        }
    }

    @AfterEach
    void close() {
        store.close();
        stub.close();
    }

    @Test
    void aSourceGivesEveryObjectInOrder() throws Exception {
        try (S3Source source = store.source("prefix", "p/", "recursive", "true")) {
            stub.inject(1, LongListingIT::isOfBranch, new Fault.Status(503, "SlowDown"));
            assertEquals(names(), Sources.names(source), "the names");
        }
        assertBranches();
    }

    @Test
    void aDestinationGivesEveryEntryInOrder() throws Exception {
        List<String> listed = new ArrayList<>();
        try (S3Destination destination = store.destination("prefix", "p");
                Inventory inventory = destination.inventory().orElseThrow()) {
            for (Optional<InventoryEntry> next = inventory.next("");
                    next.isPresent();
                    next = inventory.next(listed.get(listed.size() - 1) + "\u0000")) {
                listed.add(next.get().name());
            }
        }
        assertEquals(names(), listed, "the names");
        assertBranches();
    }

    @Test
    void aBranchThatIsRefusedFailsTheListing() throws Exception {
        stub.inject(100, request -> isOf(request, BRANCHES - 1), new Fault.Status(403, "AccessDenied"));
        try (S3Source source = store.source("prefix", "p/", "recursive", "true")) {
            assertThrows(EndpointException.class, () -> Sources.names(source));
        }
    }

    private void assertBranches() {
        long requests = stub.count("ListObjectsV2");
        assertTrue(requests <= BRANCHES * EACH / 1000 + 5, requests + " requests instead of 50");
        assertTrue(stub.requests().stream().filter(LongListingIT::isOfBranch).count() >= 20, "branches are used");
    }

    private static boolean isOfBranch(StubRequest request) {
        return IntStream.range(0, BRANCHES).anyMatch(branch -> isOf(request, branch));
    }

    private static boolean isOf(StubRequest request, int branch) {
        return request.query().getOrDefault("prefix", "").equals("p/é +%%%d/".formatted(branch));
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < BRANCHES * EACH; i++) {
            names.add(name(i));
        }
        return names;
    }

    private static String name(int number) {
        return "é +%%%d/%05d".formatted(number / EACH, number % EACH);
    }
}
