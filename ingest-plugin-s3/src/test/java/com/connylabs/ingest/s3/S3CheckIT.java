package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who has made a mistake. */
class S3CheckIT {
    private static S3Server server;
    private static TestStore store;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        server = S3Server.start(dir);
        store = TestStore.of(server, "bucket");
    }

    @AfterAll
    static void stop() {
        store.close();
        server.close();
    }

    @Test
    void rightSettingsPassAndTouchNothing() throws Exception {
        try (S3Source source = store.source();
                S3Destination destination = store.destination("metafilesPrefix", "meta")) {
            source.check();
            destination.check();
        }
        assertEquals(List.of(), store.contents(), "what is there");
    }

    @Test
    void wrongSecretIsNamed() throws Exception {
        assertMessage(List.of(server.endpoint(), "SignatureDoesNotMatch", "secretAccessKey"), "secretAccessKey", "no");
    }

    @Test
    void wrongKeyIsNamed() throws Exception {
        assertMessage(List.of(server.endpoint(), "InvalidAccessKeyId", "accessKeyID"), "accessKeyID", "nobody");
    }

    @Test
    void missingBucketIsNamed() throws Exception {
        assertMessage(List.of(server.endpoint(), "NoSuchBucket", "nowhere", "create the bucket"), "bucket", "nowhere");
    }

    @Test
    void unreachableEndpointIsNamed() throws Exception {
        String endpoint;
        try (ServerSocket socket = new ServerSocket(0)) {
            endpoint = "127.0.0.1:" + socket.getLocalPort();
        }
        assertMessage(List.of(endpoint, "refused", "check endpoint"), "endpoint", endpoint);
    }

    @Test
    void tlsWhereThereIsNoneIsNamed() throws Exception {
        assertMessage(List.of("https://" + server.endpoint(), "TLS", "insecure"), "insecure", "false");
    }

    @Test
    void missingBucketIsTheEndpointsFaultForObjectsToo() throws Exception {
        Codec element = Codec.of("a", "a");
        try (S3Source source = store.source("bucket", "nowhere");
                S3Destination destination = store.destination("bucket", "nowhere")) {
            assertThrows(EndpointException.class, () -> source.download(element), "not an object that is gone");
            assertThrows(EndpointException.class, () -> source.locate(element), "nor if the store is to copy it");
            IngestObject object = IngestObject.of(ObjectAttributes.unknown(), new byte[1]);
            assertThrows(EndpointException.class, () -> destination.store(element, object), "store");
        }
    }

    private static void assertMessage(List<String> words, String... keysAndValues) throws Exception {
        try (S3Source source = store.source(keysAndValues)) {
            EndpointException e = assertThrows(EndpointException.class, source::check, "a mistake");
            for (String word : words) {
                assertTrue(e.getMessage().contains(word), e.getMessage());
            }
        }
        try (S3Destination destination = store.destination(keysAndValues)) {
            assertThrows(EndpointException.class, destination::check, "a mistake");
        }
    }
}
