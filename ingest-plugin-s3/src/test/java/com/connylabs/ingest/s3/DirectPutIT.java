package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.ThrottledException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import com.connylabs.ingest.testkit.s3.StubRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that pass through: larger than a part, with an MD5 that the source states. */
class DirectPutIT {
    static final Codec ELEMENT = Codec.of("a", "a");
    static final byte[] CONTENT = content(6 << 20);
    private static final List<String> PROBE = List.of("CreateMultipartUpload", "UploadPart", "AbortMultipartUpload");

    private S3Stub stub;
    private TestStore store;
    private S3Destination destination;

    /** What happens when a body is half read. */
    interface Halfway {
        void happens() throws Exception;
    }

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
    void itIsOneRequestThatTheStoreChecks() throws Exception {
        assertTrue(destination.verifies(ELEMENT, attributes()), "the stub compares");
        assertEquals(PROBE, operations(), "asked once");
        stub.forgetRequests();
        store(body());
        assertEquals(List.of("HeadObject", "PutObject"), operations(), "from then on");
        assertEquals(
                Optional.of("UNSIGNED-PAYLOAD"), last().header("x-amz-content-sha256"), "the body is not read before");
        assertEquals(Optional.of("*"), last().header("if-none-match"), "the condition");
        assertArrayEquals(CONTENT, store.read("a").orElseThrow(), "content");
        ObjectInfo found = destination.stat(ELEMENT).orElseThrow();
        assertEquals(Optional.of("v"), found.version(), "version");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void storeThatIgnoresTheMd5IsSentParts() throws Exception {
        stub.ignoreHeader("UploadPart", "content-md5");
        assertFalse(destination.verifies(ELEMENT, attributes()), "it does not compare");
        stub.forgetRequests();
        store(body());
        assertEquals(1, stub.count("CreateMultipartUpload"), "in parts, and not asked again");
        assertEquals(2, stub.count("UploadPart"), "parts");
        assertArrayEquals(CONTENT, store.read("a").orElseThrow(), "content");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void storeThatCannotBeAskedIsAskedAgain() throws Exception {
        stub.inject(3, "CreateMultipartUpload", new Fault.Status(500, "InternalError"));
        assertFalse(destination.verifies(ELEMENT, attributes()), "not known");
        assertTrue(destination.verifies(ELEMENT, attributes()), "known");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void withoutAnMd5ItIsSentInParts() throws Exception {
        ObjectAttributes attributes = ObjectAttributes.unknown().withLength(CONTENT.length);
        assertFalse(destination.verifies(ELEMENT, attributes), "nothing to compare with");
        assertEquals(List.of(), operations(), "nobody is asked");
    }

    @Test
    void otherContentIsNotStored() throws Exception {
        TransientException e =
                assertThrows(TransientException.class, () -> store(otherBody()), "the store has compared");
        assertTrue(e.getMessage().contains("does not have the checksum that the source states"), e.getMessage());
        assertEquals(List.of(), store.contents(), "nothing is there");
        assertEquals(0, stub.count("DeleteObject"), "nor was it, for a moment");
        assertFalse(destination.verifies(ELEMENT, attributes()), "the next time it is not left to the store");
        store(body());
        assertArrayEquals(CONTENT, store.read("a").orElseThrow(), "content");
    }

    @Test
    void bodyThatBreaksOffIsNotStored() {
        assertThrows(
                TransientException.class,
                () -> store(halfway(() -> {
                    throw new IOException("broke off");
                })));
        assertEquals(List.of(), store.contents(), "nothing is there");
    }

    @Test
    void bodyThatEndsEarlyIsNotStored() {
        byte[] half = Arrays.copyOf(CONTENT, CONTENT.length / 2);
        assertThrows(TransientException.class, () -> store(new ByteArrayInputStream(half)));
        assertEquals(List.of(), store.contents(), "nothing is there");
    }

    @Test
    void whatAnotherStoredMeanwhileStays() throws Exception {
        InputStream body = halfway(() -> store.put("a", new byte[] {1}));
        assertThrows(ChangedException.class, () -> store(body), "another was quicker");
        assertArrayEquals(new byte[] {1}, store.read("a").orElseThrow(), "content");
    }

    @Test
    void whatAnotherStoredWhileItTookLongStaysWhereConditionsAreIgnored() throws Exception {
        stub.ignoreHeader("PutObject", "if-none-match");
        destination.verifies(ELEMENT, attributes());
        Sighting old = before(new Sighting(destination.stat(ELEMENT), System.nanoTime()), 6);
        InputStream body = halfway(() -> store.put("a", new byte[] {1}));
        assertThrows(
                ChangedException.class,
                () -> destination.store(ELEMENT, IngestObject.of(attributes(), body), old),
                "another was quicker");
        assertArrayEquals(new byte[] {1}, store.read("a").orElseThrow(), "content");
    }

    @Test
    void anInterruptEndsIt() {
        InputStream body = halfway(() -> Thread.currentThread().interrupt());
        assertThrows(InterruptedException.class, () -> store(body));
        assertEquals(List.of(), store.contents(), "nothing is there");
    }

    @Test
    void storeThatWantsLessIsHeardAtOnce() throws Exception {
        destination.verifies(ELEMENT, attributes());
        stub.inject(1, "PutObject", new Fault.Status(503, "SlowDown"));
        assertThrows(ThrottledException.class, () -> store(body()));
        assertEquals(1, stub.count("PutObject"), "tried once");
        assertFalse(destination.verifies(ELEMENT, attributes()), "the next time the other way");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 403})
    void refusalIsAnError(int status) throws Exception {
        destination.verifies(ELEMENT, attributes());
        stub.inject(1, "PutObject", new Fault.Status(status, ""));
        assertThrows(EndpointException.class, () -> store(body()));
        assertEquals(List.of(), store.contents(), "nothing is there");
    }

    @Test
    void aLostAnswerIsTriedAgainInParts() throws Exception {
        destination.verifies(ELEMENT, attributes());
        stub.inject(1, "PutObject", new Fault.LoseAnswer());
        assertThrows(TransientException.class, () -> store(body()));
        store(body());
        assertArrayEquals(CONTENT, store.read("a").orElseThrow(), "content");
        assertEquals(1, stub.count("PutObject"), "in one request once only");
    }

    private void store(InputStream body) throws Exception {
        Sighting seen = new Sighting(destination.stat(ELEMENT), System.nanoTime());
        destination.store(ELEMENT, IngestObject.of(attributes(), body), seen);
    }

    private static Sighting before(Sighting seen, long seconds) {
        return new Sighting(seen.found(), seen.at() - TimeUnit.SECONDS.toNanos(seconds));
    }

    static InputStream body() {
        return new ByteArrayInputStream(CONTENT);
    }

    /** Of the right length, and one bit is another. */
    static InputStream otherBody() {
        byte[] other = CONTENT.clone();
        other[CONTENT.length / 2] ^= 1;
        return new ByteArrayInputStream(other);
    }

    static InputStream halfway(Halfway what) {
        return after(CONTENT.length / 2 + 1, body(), what);
    }

    /** A body in the middle of which something happens, when so many bytes have been read. */
    static InputStream after(int bytes, InputStream in, Halfway what) {
        return new InputStream() {
            private int count;
            private boolean happened;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into, int offset, int most) throws IOException {
                int read = in.read(into, offset, most);
                count += read;
                if (!happened && count >= bytes) {
                    happened = true;
                    happen();
                }
                return read;
            }

            private void happen() throws IOException {
                try {
                    what.happens();
                } catch (IOException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    static ObjectAttributes attributes() throws Exception {
        return ObjectAttributes.unknown()
                .withLength(CONTENT.length)
                .withVersion("v")
                .withChecksum(Checksum.of(
                        Checksum.Algorithm.MD5, MessageDigest.getInstance("MD5").digest(CONTENT)));
    }

    static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(1).nextBytes(content);
        return content;
    }

    private List<String> operations() {
        return stub.requests().stream().map(StubRequest::operation).toList();
    }

    private StubRequest last() {
        List<StubRequest> requests = stub.requests();
        return requests.get(requests.size() - 1);
    }
}
