package com.connylabs.ingest.bench;

import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a start costs. */
public final class Cold {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Cold() {}

    /** Asks the program for its help. */
    public static Sample help(Ingest ingest) throws IOException, InterruptedException {
        double before = Usage.cpuOfEndedChildren();
        long begin = System.nanoTime();
        try (ManagedProcess process = ingest.help()) {
            process.exitCode(LONGEST);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("s", (System.nanoTime() - begin) / 1e9);
        values.put("CPU s", Usage.cpuOfEndedChildren() - before);
        return new Sample("--help", values);
    }
}
