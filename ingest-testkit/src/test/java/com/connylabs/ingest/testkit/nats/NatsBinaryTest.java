package com.connylabs.ingest.testkit.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.nats.NatsBinary.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NatsBinaryTest {
    private static final Origin BROKEN = new Origin("the moon", () -> {
        throw new IOException("too far");
    });

    @Test
    void theFirstOriginThatWorksIsTaken() throws Exception {
        var works = new Origin("earth", () -> Path.of("earth"));
        var unused = new Origin("mars", () -> Path.of("mars"));
        assertEquals(Path.of("earth"), NatsBinary.find(null, List.of(BROKEN, works, unused)));
    }

    @Test
    void whenNothingWorksTheErrorSaysWhatWasTriedAndWhatToDo() {
        var error = assertThrows(IllegalStateException.class, () -> NatsBinary.find("", List.of(BROKEN)));
        assertTrue(error.getMessage().contains("the moon: too far"), "what was tried: " + error);
        assertTrue(error.getMessage().contains("apt-get install nats-server"), "what to do: " + error);
    }

    @Test
    void anOverrideThatIsNoProgramIsAnErrorAndNothingElseIsTried() {
        var unused = new Origin("mars", () -> Path.of("mars"));
        var error = assertThrows(
                IllegalStateException.class, () -> NatsBinary.find("/nowhere/nats-server", List.of(unused)));
        assertTrue(error.getMessage().contains("INGEST_NATS_SERVER"), "names the setting: " + error);
    }
}
