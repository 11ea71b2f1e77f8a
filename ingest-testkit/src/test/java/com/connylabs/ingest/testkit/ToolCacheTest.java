package com.connylabs.ingest.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolCacheTest {
    @TempDir
    Path temp;

    @Test
    void twoAtOnceGetTheSameWholeDirectory() throws Exception {
        var cache = new ToolCache(temp.resolve("cache"));
        var barrier = new CyclicBarrier(2);
        var threads = Executors.newFixedThreadPool(2);
        try {
            var both = threads.invokeAll(List.of(() -> fill(cache, barrier), () -> fill(cache, barrier)));
            assertEquals(both.get(0).get(), both.get(1).get(), "the same directory");
        } finally {
            threads.shutdown();
        }
        assertEquals(List.of("tool-1"), names(temp.resolve("cache")), "nothing else is left behind");
        assertEquals(List.of("program"), names(temp.resolve("cache/tool-1")), "content");
    }

    @Test
    void aFailureLeavesNothingBehind() throws Exception {
        var cache = new ToolCache(temp);
        assertThrows(
                IOException.class,
                () -> cache.directory("tool-1", directory -> {
                    Files.writeString(directory.resolve("half"), "x");
                    throw new IOException("no network");
                }));
        assertEquals(List.of(), names(temp), "left behind");
    }

    private static Path fill(ToolCache cache, CyclicBarrier barrier) throws IOException, InterruptedException {
        return cache.directory("tool-1", directory -> {
            Files.writeString(directory.resolve("program"), "x");
            try {
                barrier.await();
            } catch (java.util.concurrent.BrokenBarrierException e) {
                throw new IOException(e);
            }
        });
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
