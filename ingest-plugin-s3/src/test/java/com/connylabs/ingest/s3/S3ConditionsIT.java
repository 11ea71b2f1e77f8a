package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import com.connylabs.ingest.testkit.s3.StubRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an object is kept from being stored over what was not seen, at stores that know conditions and at others. */
class S3ConditionsIT {
    private static final Codec ELEMENT = Codec.of("a", "a");
    private static final List<String> CONDITIONS = List.of("if-match", "if-none-match");

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
    void smallObjectCostsOneLookAndOnePut() throws Exception {
        storeIf(look(), "1");
        assertEquals(List.of("HeadObject", "PutObject"), operations(), "nothing was there");
        assertEquals(Optional.of("*"), last().header("if-none-match"), "the condition");
        stub.forgetRequests();
        Sighting seen = look();
        storeIf(seen, "2");
        assertEquals(List.of("HeadObject", "PutObject"), operations(), "something was there");
        String eTag = seen.found().flatMap(ObjectInfo::revision).orElseThrow();
        assertEquals(Optional.of("\"" + eTag + "\""), last().header("if-match"), "the condition");
    }

    @Test
    void storeThatIgnoresConditionsIsLookedAtAgainAfterAWhile() throws Exception {
        ignoreConditions();
        Sighting old = before(look(), 6);
        store("other");
        stub.forgetRequests();
        assertThrows(ChangedException.class, () -> storeIf(old, "1"), "another was quicker");
        assertEquals(List.of("HeadObject"), operations(), "nothing is sent");
        Upload upload = upload(old);
        assertThrows(ChangedException.class, () -> upload.complete(1), "another was quicker");
        upload.close();
        assertStored("other");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "400, InvalidArgument", "400, InvalidRequest", "400, ''"})
    void storeThatRefusesConditionsIsAskedOnceAndThenLookedAtAgain(int status, String code) throws Exception {
        refuseConditions(new Fault.Status(status, code));
        storeIf(look(), "1");
        assertEquals(List.of("HeadObject", "PutObject", "HeadObject", "PutObject"), operations(), "the first time");
        stub.forgetRequests();
        storeIf(look(), "2");
        assertEquals(List.of("HeadObject", "HeadObject", "PutObject"), operations(), "from then on");
        assertStored("2");
        Sighting seen = look();
        store("other");
        assertThrows(ChangedException.class, () -> storeIf(seen, "3"), "another was quicker");
        assertStored("other");
    }

    @Test
    void completionThatRefusesConditionsGoesWithout() throws Exception {
        refuseConditions(new Fault.Status(501, "NotImplemented"));
        try (Upload upload = upload(look())) {
            upload.complete(1);
        }
        assertStored("9");
        try (Upload upload = upload(look())) {
            store("other");
            assertThrows(ChangedException.class, () -> upload.complete(1), "another was quicker");
        }
        assertStored("other");
    }

    @Test
    void errorThatHasNothingToDoWithTheConditionStaysOne() throws Exception {
        Sighting seen = look();
        stub.inject(2, "PutObject", new Fault.Status(400, "EntityTooLarge"));
        assertThrows(PermanentException.class, () -> storeIf(seen, "1"), "refused without a condition too");
        stub.inject(1, "PutObject", new Fault.Status(400, "ExpiredToken"));
        stub.forgetRequests();
        assertThrows(EndpointException.class, () -> storeIf(seen, "1"), "the reason is clear");
        assertEquals(List.of("PutObject"), operations(), "and it is not tried without");
        storeIf(seen, "1");
        assertEquals(Optional.of("*"), last().header("if-none-match"), "conditions are still made");
    }

    @ParameterizedTest
    @CsvSource({"412, PreconditionFailed", "409, ConditionalRequestConflict"})
    void refusalByTheStoreIsAChange(int status, String code) throws Exception {
        Sighting seen = look();
        stub.inject(1, "PutObject", new Fault.Status(status, code));
        assertThrows(ChangedException.class, () -> storeIf(seen, "1"), code);
        stub.inject(1, "CompleteMultipartUpload", new Fault.Status(status, code));
        try (Upload upload = upload(seen)) {
            assertThrows(ChangedException.class, () -> upload.complete(1), code);
        }
    }

    @Test
    void missingBucketIsNoChange() throws Exception {
        store("1");
        Sighting seen = look();
        stub.inject(1, "PutObject", new Fault.Status(404, "NoSuchBucket"));
        assertThrows(EndpointException.class, () -> storeIf(seen, "2"), "the bucket is gone");
        store.remove("a");
        assertThrows(ChangedException.class, () -> storeIf(seen, "2"), "the object is gone");
    }

    @Test
    void objectWhoseAnswerWasLostIsFoundThere() throws Exception {
        Sighting seen = look();
        stub.inject(1, "PutObject", new Fault.LoseAnswer());
        assertThrows(ChangedException.class, () -> storeIf(seen, "1"), "the second try meets the first");
        assertEquals(Optional.of("1"), look().found().flatMap(ObjectInfo::version), "which is what it says");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void uploadWhoseAnswerWasLostIsNoChange(boolean gone) throws Exception {
        Upload upload = upload(look());
        stub.inject(1, "CompleteMultipartUpload", new Fault.LoseAnswer());
        if (!gone) {
            stub.inject(1, "CompleteMultipartUpload", new Fault.Status(412, "PreconditionFailed"));
        }
        upload.complete(1);
        upload.close();
        assertStored("9");
    }

    @Test
    void uploadThatWasOvertakenByAnotherOfTheSameVersionLeavesNothing() throws Exception {
        Sighting seen = look();
        Upload slow = upload(seen);
        try (Upload quick = upload(seen)) {
            quick.complete(1);
        }
        slow.complete(1);
        slow.close();
        assertStored("9");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads left open");
    }

    @Test
    void markerThatSaysSoCostsNoLookAtTheObject() throws Exception {
        try (S3Destination marked = store.destination("metafilesPrefix", "meta")) {
            marked.store(ELEMENT, object("1"));
            stub.forgetRequests();
            ObjectInfo info = marked.stat(ELEMENT.withVersion("1")).orElseThrow();
            assertEquals(List.of("HeadObject"), operations(), "only the marker");
            assertEquals(Evidence.MARKER, info.evidence(), "evidence");
        }
    }

    @Test
    void markerOfAnotherVersionIsNotEnoughToStoreOver() throws Exception {
        try (S3Destination marked = store.destination("metafilesPrefix", "meta")) {
            Codec newer = ELEMENT.withVersion("2");
            marked.store(ELEMENT, object("1"));
            Sighting seen = new Sighting(marked.stat(newer), System.nanoTime());
            assertEquals(Optional.of("1"), seen.found().flatMap(ObjectInfo::version), "version");
            marked.store(ELEMENT, object("3"));
            assertThrows(ChangedException.class, () -> marked.store(newer, object("2"), seen), "another was quicker");
            assertStored("3");
        }
    }

    @Test
    void markerThatAWorkerDidNotComeToWriteIsMended() throws Exception {
        try (S3Destination marked = store.destination("metafilesPrefix", "meta")) {
            marked.store(ELEMENT, object("1"));
            store("2"); // and then the worker died
            ObjectInfo info = marked.stat(ELEMENT.withVersion("2")).orElseThrow();
            assertEquals(Optional.of("2"), info.version(), "version of the object");
            assertEquals(
                    Optional.of("2"),
                    marked.stat(ELEMENT).flatMap(ObjectInfo::version),
                    "version of the marker, which is believed again");
        }
    }

    @Test
    void objectOfUnknownVersionIsMarkedOnlyIfItsSizeIsTheElements() throws Exception {
        store.put("a", new byte[3]);
        Codec element = ELEMENT.withVersion("1").withSize(10);
        try (S3Destination marked = store.destination("metafilesPrefix", "meta")) {
            for (int look = 1; look <= 2; look++) {
                ObjectInfo info = marked.stat(element).orElseThrow();
                assertEquals(OptionalLong.of(3), info.length(), "length at look " + look);
                assertEquals(List.of("a"), store.keys(), "no marker for what is another object, look " + look);
            }
            marked.stat(ELEMENT);
            assertEquals(List.of("a"), store.keys(), "nor where nobody knows the size");
            marked.stat(element.withSize(3));
            assertEquals(List.of("a", "meta/a.done"), store.keys(), "but for what may be the element");
        }
    }

    @Test
    void markerThatSaysNoVersionDoesNotHideTheObject() throws Exception {
        Codec element = ELEMENT.withVersion("1").withSize(10);
        store.put("a", new byte[3]);
        store.put("meta/a.done", new byte[0]); // as the original wrote it
        try (S3Destination marked = store.destination("metafilesPrefix", "meta")) {
            ObjectInfo info = marked.stat(element).orElseThrow();
            assertEquals(OptionalLong.of(3), info.length(), "length of the object");
            store.remove("a");
            assertEquals(
                    Optional.of(Evidence.MARKER),
                    marked.stat(element).map(ObjectInfo::evidence),
                    "what was taken away is still there as far as anybody knows");
        }
    }

    @Test
    void objectBehindAMarkerIsReplacedOnlyIfTheMarkerIsTheSame() throws Exception {
        try (S3Destination marked = store.destination("metafilesPrefix", "meta")) {
            Codec same = ELEMENT.withVersion("1");
            marked.store(ELEMENT, object("1"));
            Sighting seen = new Sighting(marked.stat(same), System.nanoTime());
            marked.store(same, object("1"), seen);
            marked.store(ELEMENT, object("2"));
            assertThrows(ChangedException.class, () -> marked.store(same, object("1"), seen), "another was quicker");
            assertStored("2");
        }
    }

    private void ignoreConditions() {
        for (String condition : CONDITIONS) {
            stub.ignoreHeader("PutObject", condition);
            stub.ignoreHeader("CompleteMultipartUpload", condition);
        }
    }

    private void refuseConditions(Fault fault) {
        stub.inject(
                100, r -> CONDITIONS.stream().anyMatch(name -> r.header(name).isPresent()), fault);
    }

    private Sighting look() throws Exception {
        long now = System.nanoTime();
        return new Sighting(destination.stat(ELEMENT), now);
    }

    private static Sighting before(Sighting seen, int seconds) {
        return new Sighting(seen.found(), seen.at() - TimeUnit.SECONDS.toNanos(seconds));
    }

    /** As somebody else would. */
    private void store(String version) throws Exception {
        try (S3Destination other = store.destination()) {
            other.store(ELEMENT, object(version));
        }
    }

    private void storeIf(Sighting seen, String version) throws Exception {
        destination.store(ELEMENT, object(version), seen);
    }

    private Upload upload(Sighting seen) throws Exception {
        Upload upload = destination.begin(ELEMENT, ObjectAttributes.unknown().withVersion("9"), seen);
        upload.put(new BufferPart(1, 0, new byte[] {9}, 1));
        return upload;
    }

    private static IngestObject object(String version) {
        byte[] bytes = version.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return IngestObject.of(ObjectAttributes.unknown().withVersion(version), bytes);
    }

    private void assertStored(String version) throws Exception {
        ObjectInfo info = look().found().orElseThrow();
        assertEquals(Optional.of(version), info.version(), "version");
        assertEquals(OptionalLong.of(version.length()), info.length(), "length");
        if (!version.equals("9")) {
            assertArrayEquals(
                    version.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    stub.object("bucket", "a").orElseThrow().body(),
                    "bytes");
        }
    }

    private StubRequest last() {
        return stub.requests().get(stub.requests().size() - 1);
    }

    private List<String> operations() {
        return stub.requests().stream().map(StubRequest::operation).toList();
    }
}
