package com.connylabs.ingest.core.queue.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.tck.QueueContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedQueueTest extends QueueContract {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("queue.db");
    }

    @Override
    protected Queue open(Duration ackWait) throws IngestException {
        return EmbeddedQueue.open(file(), Map.of(WORKFLOW, ackWait, OTHER, ackWait));
    }

    @Test
    void tenThousandMessagesArePublishedTogether() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of())) {
            List<CompletableFuture<PublishResult>> results = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                results.add(queue.publish("w", "element " + i, new byte[100]));
            }
            for (CompletableFuture<PublishResult> result : results) {
                assertEquals(PublishResult.QUEUED, result.get());
            }
            assertEquals(10_000, queue.outstanding("w"));
        }
    }

    @Test
    void aFileOfANewerVersionIsRefusedAndLeftAlone() throws Exception {
        EmbeddedQueue.open(file(), Map.of()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        PermanentException e = assertThrows(PermanentException.class, () -> EmbeddedQueue.open(file(), Map.of()));
        assertTrue(String.valueOf(e.getMessage()).contains("newer version"), e.getMessage());
    }

    @Test
    void aFileThatIsNoQueueIsRefusedAndLeftAlone() throws Exception {
        String text = "These are my precious notes. ".repeat(100);
        Files.writeString(file(), text);
        PermanentException e = assertThrows(PermanentException.class, () -> EmbeddedQueue.open(file(), Map.of()));
        assertTrue(String.valueOf(e.getMessage()).contains(file().toString()), e.getMessage());
        assertEquals(text, Files.readString(file()));
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path nowhere = directory.resolve("no/such/queue.db");
        EndpointException e = assertThrows(EndpointException.class, () -> EmbeddedQueue.open(nowhere, Map.of()));
        assertTrue(String.valueOf(e.getMessage()).contains(nowhere.toString()), e.getMessage());
    }
}
