package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import com.connylabs.ingest.testkit.s3.StubRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only what was copied is removed, at stores of every kind. */
class S3CleanUpIT {
    private S3Stub stub;
    private TestStore store;
    private S3Source source;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        source = store.source();
        put("a", 1);
        put("b", 1);
    }

    @AfterEach
    void close() {
        source.close();
        store.close();
        stub.close();
    }

    @Test
    void removesWhatWasCopied() throws Exception {
        assertEquals(CleanUpResult.REMOVED, source.cleanUp(listed("a")), "as it was copied");
        assertEquals(List.of("b"), stub.keys("bucket"), "what is left");
    }

    @Test
    void overwrittenObjectIsLeftEvenAtTheLastMoment() throws Exception {
        Codec copied = listed("a");
        beforeDelete(() -> put("a", 2));
        assertEquals(CleanUpResult.CHANGED, source.cleanUp(copied), "overwritten after the check");
        assertArrayEquals(
                new byte[] {2}, stub.object("bucket", "a").orElseThrow().body(), "what is there");
    }

    @Test
    void objectWithoutAVersionIsProtectedToo() throws Exception {
        beforeDelete(() -> put("a", 2));
        assertEquals(CleanUpResult.CHANGED, source.cleanUp(Codec.of("a", "a")), "what was there at the check is not");
    }

    @Test
    void storeThatIgnoresTheConditionIsAskedBefore() throws Exception {
        stub.ignoreHeader("DeleteObject", "if-match");
        Codec copied = listed("a");
        put("a", 2);
        assertEquals(CleanUpResult.CHANGED, source.cleanUp(copied), "changed before");
        assertEquals(CleanUpResult.REMOVED, source.cleanUp(listed("b")), "not changed");
        assertEquals(List.of("a"), stub.keys("bucket"), "what is left");
    }

    @Test
    void storeThatRefusesTheConditionIsNotAskedAgain() throws Exception {
        stub.inject(
                100,
                request -> request.operation().equals("DeleteObject")
                        && request.header("if-match").isPresent(),
                new Fault.Status(501, "NotImplemented"));
        assertEquals(CleanUpResult.REMOVED, source.cleanUp(listed("a")), "without a condition");
        stub.forgetRequests();
        Codec copied = listed("b");
        assertEquals(CleanUpResult.REMOVED, source.cleanUp(copied), "without a condition");
        assertEquals(1, stub.count("DeleteObject"), "deletions tried");
        assertEquals(CleanUpResult.GONE, source.cleanUp(copied), "again");
    }

    @Test
    void failedRemovalIsAFailure() throws Exception {
        Codec copied = listed("a");
        stub.inject(100, "DeleteObject", new Fault.Status(403, "AccessDenied"));
        assertThrows(EndpointException.class, () -> source.cleanUp(copied), "not allowed to");
        assertEquals(List.of("a", "b"), stub.keys("bucket"), "what is left");
    }

    private void put(String key, int content) {
        stub.put("bucket", key, new byte[] {(byte) content}, Map.of());
    }

    private Codec listed(String key) throws Exception {
        return Sources.list(source).stream()
                .filter(element -> element.id().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** Runs when the deletion arrives, before it is done. */
    private void beforeDelete(Runnable change) {
        stub.inject(1, request -> isDelete(request, change), new Fault.Drop());
    }

    private static boolean isDelete(StubRequest request, Runnable change) {
        if (request.operation().equals("DeleteObject")) {
            change.run();
        }
        return false;
    }
}
