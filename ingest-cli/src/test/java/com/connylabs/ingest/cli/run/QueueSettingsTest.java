package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.core.queue.nats.NatsAuth;
import com.connylabs.ingest.core.queue.nats.StreamLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueSettingsTest {
    @Test
    void schemeChoosesTheQueue() {
        assertEquals(Optional.of(Path.of("queue.db")), of("file:queue.db").file());
        assertEquals(
                Optional.of(Path.of("/var/queue.db")),
                of("file:///var/queue.db").file());
        assertTrue(of("nats://localhost:4222").file().isEmpty(), "NATS");
        assertTrue(of("tls://a:1,tls://b:2").file().isEmpty(), "several servers");
        assertTrue(of("localhost:4222").file().isEmpty(), "NATS, as the original's library takes it");
    }

    @Test
    void whatIsNoQueueIsRefused() {
        for (String endpoint :
                List.of("", "file:", "./queue.db", "http://localhost", "nats://", "a:1,file:b", "a:1,")) {
            assertThrows(IllegalArgumentException.class, () -> of(endpoint), endpoint);
        }
    }

    @Test
    void passwordIsNotShown() {
        QueueSettings settings = of("nats://user:hush@localhost:4222");
        assertFalse(settings.toString().contains("hush"), settings.toString());
    }

    private static QueueSettings of(String endpoint) {
        return new QueueSettings(endpoint, "ingest", "ingest", "ingest", StreamLimits.DEFAULT, NatsAuth.NONE);
    }
}
