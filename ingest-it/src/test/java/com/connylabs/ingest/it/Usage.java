package com.connylabs.ingest.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used, as its kernel counts it. */
final class Usage {
    /** Clock ticks a second: fixed at 100 in what Linux tells user programs, whatever its kernel was built with. */
    private static final long TICKS = 100;

    private Usage() {}

    /** The time that all its threads have spent on processors so far. */
    static Duration cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        // The second field is a name in parentheses, which may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return Duration.ofMillis(ticks * 1000 / TICKS);
    }
}
