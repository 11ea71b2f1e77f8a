package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
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
