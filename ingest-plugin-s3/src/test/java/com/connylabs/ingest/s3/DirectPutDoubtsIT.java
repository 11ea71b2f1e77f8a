package com.connylabs.ingest.s3;

import static com.connylabs.ingest.s3.DirectPutIT.CONTENT;
import static com.connylabs.ingest.s3.DirectPutIT.ELEMENT;
import static com.connylabs.ingest.s3.DirectPutIT.after;
import static com.connylabs.ingest.s3.DirectPutIT.attributes;
import static com.connylabs.ingest.s3.DirectPutIT.body;
import static com.connylabs.ingest.s3.DirectPutIT.halfway;
import static com.connylabs.ingest.s3.DirectPutIT.otherBody;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.ThrottledException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that take an object in parts, and not one that passes through. */
class DirectPutDoubtsIT {
    private static final Codec OTHER = Codec.of("b", "b");

    private S3Stub stub;
    private TestStore store;
    private S3Destination destination;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        destination = store.destination();
    }

    @AfterEach
    void close() {
        destination.close();
        store.close();
        stub.close();
    }

    @Test
    void whatIsTooLargeForSomebodyOnTheWayIsSentInParts() throws Exception {
        assertTrue(destination.verifies(ELEMENT, attributes()), "it compares");
        stub.inject(1, "PutObject", new Fault.Status(413, ""));
        assertThrows(TransientException.class, () -> store(ELEMENT, body()), "trying again helps");
        store(ELEMENT, body());
        assertArrayEquals(CONTENT, store.read("a").orElseThrow(), "content");
        assertEquals(1, stub.count("PutObject"), "in one request once only");
        assertFalse(destination.verifies(OTHER, attributes()), "what is as large is not tried");
        assertTrue(
                destination.verifies(OTHER, attributes().withLength(CONTENT.length - 1)),
                "what is smaller may be taken");
    }

    @Test
    void whatWasReliedUponIsComparedInPartsToo() throws Exception {
        assertTrue(destination.verifies(ELEMENT, attributes()), "it compares");
        stub.inject(1, "PutObject", new Fault.Status(503, "SlowDown"));
        assertThrows(ThrottledException.class, () -> store(ELEMENT, body()));
        stub.forgetRequests();
        assertThrows(TransientException.class, () -> store(ELEMENT, otherBody()), "who was told so before that");
        assertEquals(0, stub.count("PutObject"), "in parts");
        assertEquals(List.of(), store.contents(), "nothing is there");
    }

    @Test
    void smallObjectsAreNotLeftToTheStore() throws Exception {
        assertFalse(destination.verifies(ELEMENT, attributes().withLength(5 << 20)), "it is sent without an MD5");
    }

    @Test
    void nobodyFollowsOneThatHangs() throws Exception {
        boolean[] again = new boolean[1];
        assertTrue(destination.verifies(ELEMENT, attributes()), "it compares");
        store(ELEMENT, halfway(() -> again[0] = destination.verifies(ELEMENT, attributes())));
        assertFalse(again[0], "not while it is on its way, and may have been given up");
        assertTrue(destination.verifies(ELEMENT, attributes()), "again when it has arrived");
    }

    @Test
    void storeThatComparesPartsOnlyIsFoundOutByItsAnswer() throws Exception {
        stub.ignoreHeader("PutObject", "content-md5");
        assertTrue(destination.verifies(ELEMENT, attributes()), "it compares parts");
        TransientException e = assertThrows(TransientException.class, () -> store(ELEMENT, otherBody()));
        assertTrue(e.getMessage().contains("does not have the checksum that the source states"), e.getMessage());
        assertEquals(List.of(), store.contents(), "it is not left there, with a version that it does not have");
        assertFalse(destination.verifies(OTHER, attributes()), "it is not relied upon any more");
    }

    @Test
    void whatIsWrongIsRemovedThoughAllIsToEnd() throws Exception {
        stub.ignoreHeader("PutObject", "content-md5");
        assertTrue(destination.verifies(ELEMENT, attributes()), "it compares parts");
        InputStream body = after(CONTENT.length, otherBody(), Thread.currentThread()::interrupt);
        assertThrows(TransientException.class, () -> store(ELEMENT, body));
        assertTrue(Thread.interrupted(), "the interrupt is still there");
        assertEquals(List.of(), store.contents(), "it is not left there");
    }

    @Test
    void whatIsWrongAndCannotBeRemovedIsNotTakenForStored() throws Exception {
        stub.ignoreHeader("PutObject", "content-md5");
        stub.inject(1, "DeleteObject", new Fault.Status(403, "AccessDenied"));
        assertTrue(destination.verifies(ELEMENT, attributes()), "it compares parts");
        PermanentException e = assertThrows(PermanentException.class, () -> store(ELEMENT, otherBody()));
        assertTrue(e.getMessage().contains("remove it"), e.getMessage());
    }

    @Test
    void storeThatTakesOnlySignedBodiesIsSentParts() throws Exception {
        stub.inject(
                1,
                request -> request.header("x-amz-content-sha256").equals(Optional.of("UNSIGNED-PAYLOAD")),
                new Fault.Status(403, "AccessDenied"));
        assertFalse(destination.verifies(ELEMENT, attributes()), "it was asked in the way in which objects are sent");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void storeThatNeverAnswersIsNotAskedForEver() throws Exception {
        stub.inject(1_000, "UploadPart", new Fault.Status(500, "InternalError"));
        for (int i = 0; i < 10; i++) {
            assertFalse(destination.verifies(ELEMENT, attributes()), "not known");
        }
        assertEquals(3, stub.count("CreateMultipartUpload"), "how often it was asked");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    private void store(Codec element, InputStream body) throws Exception {
        Sighting seen = new Sighting(destination.stat(element), System.nanoTime());
        destination.store(element, IngestObject.of(attributes(), body), seen);
    }
}
