package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every key that S3 takes is listed, downloaded, removed and stored exactly. */
class HostileKeysIT {
    private static final List<String> KEYS = List.of(
            "a b+c%2F.txt",
            "ünï/😀",
            "a//b",
            "a///b//",
            "./x",
            "../x",
            "a/../../x",
            ".",
            "..",
            "trailing/",
            "/leading",
            "//leading",
            "control\u0001\n\r\t\u007f",
            "q?a=b&c#d;e:@",
            "'\"<>&[]{}|\\^`*!()",
            "%",
            "x".repeat(1024));

    private S3Stub stub;
    private TestStore store;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "source");
        stub.createBucket("target");
        KEYS.forEach(key -> stub.put("source", key, key.getBytes(UTF_8), Map.of()));
    }

    @AfterEach
    void close() {
        store.close();
        stub.close();
    }

    @Test
    void listedDownloadedAndRemoved() throws Exception {
        try (S3Source source = store.source("recursive", "true")) {
            List<Codec> listed = Sources.list(source);
            assertEquals(
                    new TreeSet<>(KEYS),
                    new TreeSet<>(listed.stream().map(Codec::id).toList()),
                    "ids");
            assertEquals(listed.stream().map(Codec::id).toList(), Sources.names(source), "names, without a prefix");
            for (Codec element : listed) {
                try (IngestObject object = source.download(element).orElseThrow()) {
                    assertArrayEquals(
                            element.id().getBytes(UTF_8), object.body().readAllBytes(), element.id());
                    assertEquals(1, object.ranges().orElseThrow().open(0, 1).readAllBytes().length, element.id());
                }
                assertEquals(CleanUpResult.REMOVED, source.cleanUp(element), element.id());
            }
        }
        assertEquals(List.of(), stub.keys("source"), "what is left");
    }

    @Test
    void storedUnderAPrefix() throws Exception {
        try (S3Destination destination = store.destination("bucket", "target", "prefix", "p/q")) {
            for (String name : KEYS.subList(0, KEYS.size() - 1)) {
                destination.store(
                        Codec.of(name, name), IngestObject.of(ObjectAttributes.unknown(), name.getBytes(UTF_8)));
                String key = "p/q/" + (name.startsWith("/") ? name.substring(1) : name);
                assertArrayEquals(
                        name.getBytes(UTF_8),
                        stub.object("target", key).orElseThrow().body(),
                        key);
            }
        }
    }
}
