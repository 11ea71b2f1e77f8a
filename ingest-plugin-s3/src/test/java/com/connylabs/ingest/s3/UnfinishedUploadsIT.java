package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that nobody will finish. The stub lists five of them at a time. */
class UnfinishedUploadsIT {
    private S3Stub stub;
    private TestStore store;
    private S3Destination destination;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        destination = store.destination("prefix", "p");
    }

    @AfterEach
    void close() {
        destination.close();
        store.close();
        stub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b+c%25", "ä/€😀", "\u0001\n&<>\"'", "/a//b/"})
    void allOfOneKeyAreAbortedAndNoOthers(String name) throws Exception {
        for (int i = 0; i < 7; i++) {
            begin(name);
        }
        begin(name + "x");
        destination.discardUnfinished(element(name));
        assertEquals(List.of(Keys.join("p", name + "x")), stub.openUploads("bucket"), "those of other objects");
    }

    @Test
    void aKeyWithoutAnyCostsOneRequestHoweverManyLongerOnesThereAre() throws Exception {
        for (int i = 0; i < 20; i++) {
            begin("a" + i);
        }
        stub.forgetRequests();
        destination.discardUnfinished(element("a"));
        assertEquals(1, stub.count("ListMultipartUploads"), "requests");
        assertEquals(20, stub.openUploads("bucket").size(), "uploads");
    }

    @Test
    void onlyOldOnesBelowThePrefixAreAborted() throws Exception {
        for (int i = 0; i < 12; i++) {
            begin("a" + i);
        }
        try (S3Destination neighbour = store.destination("prefix", "p2")) {
            neighbour.begin(element("a"), ObjectAttributes.unknown());
        }
        destination.discardUnfinished(Instant.now().minus(Duration.ofDays(1)));
        assertEquals(13, stub.openUploads("bucket").size(), "they may be in use");
        destination.discardUnfinished(Instant.now().plus(Duration.ofDays(1)));
        assertEquals(List.of("p2/a"), stub.openUploads("bucket"), "those of others");
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDenied", "501, NotImplemented", "405, MethodNotAllowed", "400, InvalidRequest"})
    void whereTheyMayNotBeListedOrAbortedTheyStay(int status, String code) throws Exception {
        begin("a");
        for (String operation : List.of("ListMultipartUploads", "AbortMultipartUpload")) {
            stub.inject(1, operation, new Fault.Status(status, code));
            destination.discardUnfinished(element("a"));
            assertEquals(1, stub.openUploads("bucket").size(), "uploads after a refused " + operation);
        }
        destination.discardUnfinished(element("a"));
        assertEquals(List.of(), stub.openUploads("bucket"), "when it is allowed again");
    }

    @Test
    void anEndpointThatIsDownSaysSo() throws Exception {
        stub.inject(4, "ListMultipartUploads", new Fault.Status(503, "SlowDown"));
        assertThrows(EndpointException.class, () -> destination.discardUnfinished(element("a")), "503");
        stub.inject(1, "ListMultipartUploads", new Fault.Status(404, "NoSuchBucket"));
        assertThrows(EndpointException.class, () -> destination.discardUnfinished(element("a")), "no bucket");
    }

    @Test
    void oneThatSomebodyElseHasAbortedIsNoFailure() throws Exception {
        begin("a");
        stub.inject(1, "AbortMultipartUpload", new Fault.Status(404, "NoSuchUpload"));
        destination.discardUnfinished(element("a"));
        assertEquals(1, stub.count("AbortMultipartUpload"), "requests");
    }

    private void begin(String name) throws Exception {
        destination.begin(element(name), ObjectAttributes.unknown());
    }

    private static Codec element(String name) {
        return Codec.of("id", name);
    }
}
