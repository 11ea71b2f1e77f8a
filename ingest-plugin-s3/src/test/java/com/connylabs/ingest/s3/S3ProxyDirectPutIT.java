package com.connylabs.ingest.s3;

import static com.connylabs.ingest.s3.DirectPutIT.CONTENT;
import static com.connylabs.ingest.s3.DirectPutIT.ELEMENT;
import static com.connylabs.ingest.s3.DirectPutIT.attributes;
import static com.connylabs.ingest.s3.DirectPutIT.body;
import static com.connylabs.ingest.s3.DirectPutIT.otherBody;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that pass through to a real server, which compares MD5s. */
class S3ProxyDirectPutIT {
    @Test
    void realServerTakesWhatIsRightAndNothingElse(@TempDir Path dir) throws Exception {
        try (S3Server server = S3Server.start(dir);
                TestStore store = TestStore.of(server, "bucket");
                S3Destination destination = store.destination()) {
            assertTrue(destination.verifies(ELEMENT, attributes()), "it compares");
            assertEquals(List.of(), store.contents(), "nothing is left of the question");
            assertThrows(TransientException.class, () -> store(destination, otherBody()));
            assertEquals(List.of(), store.contents(), "nothing is there");
            Codec other = Codec.of("b", "b");
            assertTrue(destination.verifies(other, attributes()), "it was the server that found it out");

            S3Destination another = store.destination(); // which does not know of that failure
            another.verifies(ELEMENT, attributes());
            store(another, body());
            assertArrayEquals(CONTENT, store.read("a").orElseThrow(), "content");
            assertEquals(Optional.of("v"), another.stat(ELEMENT).orElseThrow().version(), "version");
            assertTrue(
                    another.stat(ELEMENT).orElseThrow().revision().orElse("").matches("[0-9a-f]{32}"), "in one piece");
            another.close();
        }
    }

    private static void store(S3Destination destination, InputStream body) throws Exception {
        Sighting seen = new Sighting(destination.stat(ELEMENT), System.nanoTime());
        destination.store(ELEMENT, IngestObject.of(attributes(), body), seen);
    }
}
