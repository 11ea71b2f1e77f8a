package com.connylabs.ingest.it.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short round of chaos on a fixed seed. Longer ones: see docs/chaos.md. */
@Timeout(600)
class ChaosIT {
    private static final long SEED = 1;

    @ParameterizedTest
    @EnumSource
    void whatIsPromisedHoldsWhenEverythingBreaks(QueueKind queue) throws Exception {
        Path root = Path.of(System.getProperty("java.io.tmpdir"), "chaos");
        assertEquals("", new Runs(root, Scale.SHORT).run(SEED, queue));
    }
}
