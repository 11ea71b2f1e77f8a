package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that end before the answer's body begins. */
class CutHeadsIT {
    private static final Codec ELEMENT = Codec.of("a", "a");
    private static final String CUT = "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 16:25:00 GMT\r\nx-amz-request-id: 47";

    private HostileAnswers store;

    @BeforeEach
    void open() throws Exception {
        store = new HostileAnswers();
        store.server.answer(request -> CUT.getBytes(ISO_8859_1));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void anObjectIsNotEmptyBecauseTheHeadWasCut() {
        assertThrows(IngestException.class, () -> store.source.download(ELEMENT));
    }

    @Test
    void aListingIsNotEmptyBecauseTheHeadWasCut() {
        assertThrows(IngestException.class, () -> {
            Nexter nexter = store.source.nexter();
            nexter.reset();
            nexter.next();
        });
    }

    @Test
    void unfinishedUploadsAreNotGoneBecauseTheHeadWasCut() {
        assertThrows(IngestException.class, () -> store.destination.discardUnfinished(ELEMENT));
    }

    @Test
    void anObjectIsNotThereBecauseTheHeadWasCut() {
        assertThrows(IngestException.class, () -> store.destination.stat(ELEMENT));
    }

    /** Nothing of what was cut off is taken for something that the store does not say. */
    @Test
    void anObjectIsOfNoVersionBecauseTheHeadWasCut() throws Exception {
        String start = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\n";
        AtomicInteger asked = new AtomicInteger();
        store.server.answer(request -> asked.getAndIncrement() == 0
                ? start.getBytes(ISO_8859_1)
                : HostileAnswers.answer(start + "Content-Length: 3\r\n", new byte[0]));
        ObjectInfo found = store.destination.stat(ELEMENT).orElseThrow();
        assertEquals(OptionalLong.of(3), found.length(), "length");
        assertEquals(2, asked.get(), "asked again");
    }

    /** Where it goes on may be cut out, too, by whoever is between us and the store. */
    @Test
    void unfinishedUploadsThatNeverEndAreAnError() throws Exception {
        byte[] page = HostileAnswers.ok(("<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>"
                        + "<NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>1</NextUploadIdMarker>"
                        + "</ListMultipartUploadsResult>")
                .getBytes(ISO_8859_1));
        store.server.answer(request -> page);
        assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> assertThrows(EndpointException.class, () -> store.destination.discardUnfinished(Instant.now())));
    }

    @Test
    void anUploadWhoseBeginningWasConfirmedToNobodyIsAborted() throws Exception {
        try (S3Stub stub = S3Stub.start();
                TestStore bucket = TestStore.of(stub, "bucket");
                S3Destination destination = bucket.destination()) {
            stub.inject(1, "CreateMultipartUpload", new Fault.LoseAnswer());
            var upload = destination.begin(ELEMENT, ObjectAttributes.unknown());
            assertEquals(1, stub.openUploads("bucket").size(), "the one that is used");
            upload.close();
            assertEquals(0, stub.openUploads("bucket").size(), "after its end");
        }
    }
}
