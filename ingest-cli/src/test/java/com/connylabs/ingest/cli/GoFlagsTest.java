package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class GoFlagsTest {
    private static final Set<String> KNOWN = Set.of("--mode", "--once", "-h", "--help");

    @Test
    void longOptionsMayBeginWithOneDash() {
        assertNormalized(new String[] {"--mode=enqueue", "--once"}, "-mode=enqueue", "-once");
        assertNormalized(new String[] {"--mode", "enqueue", "--help"}, "-mode", "enqueue", "-help");
    }

    @Test
    void everythingElseStaysAsItIs() {
        assertNormalized(
                new String[] {"-h", "-x=1", "--mode", "-", "--", "-mode"}, "-h", "-x=1", "--mode", "-", "--", "-mode");
    }

    private static void assertNormalized(String[] expected, String... args) {
        assertArrayEquals(expected, GoFlags.normalized(args, KNOWN));
    }
}
