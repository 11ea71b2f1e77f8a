package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.cli.config.ConfigReader;
import com.connylabs.ingest.cli.config.WorkflowConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuesTest {
    @TempDir
    Path temp;

    @Test
    void anAckWaitThatIsWrittenIsAskedForThoughItIsTheDefault() throws Exception {
        assertEquals(Map.of("w", Duration.ofSeconds(30)), Queues.askedAckWaits(workflows("  ackWait: 30s\n")), "30s");
        assertEquals(Map.of("w", Duration.ofSeconds(5)), Queues.askedAckWaits(workflows("  ackWait: 5s\n")), "5s");
        assertEquals(Map.of(), Queues.askedAckWaits(workflows("")), "not written");
    }

    private List<WorkflowConfig> workflows(String more) throws Exception {
        String config = """
                sources:
                - {name: a, type: file, path: from}
                destinations:
                - {name: b, type: file, path: to}
                workflows:
                - name: w
                  source: a
                  destinations: [b]
                """;
        Path file = Files.writeString(temp.resolve("config.yaml"), config + more);
        return ConfigReader.read(file, Map.of()).workflows();
    }
}
