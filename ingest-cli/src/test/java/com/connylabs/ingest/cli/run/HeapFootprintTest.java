package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, which begins with the heap of a large machine. */
class HeapFootprintTest {
    private static final long MIB = 1 << 20;

    @Test
    void theHeapOfALargeMachineIsGivenBack() throws Exception {
        assertBelow(HeapMain.SMALL_MIB, committed(HeapMain.IDLE));
    }

    /** With a heap that does not grow any more, which would be a reason to try again. */
    @Test
    void itIsGivenBackSoonWhenTheJvmPassesOverTheFirstRequest() throws Exception {
        assertBelow(HeapMain.LIVE_MIB, committed(HeapMain.PASSED_OVER, "-Xmx512m"));
    }

    @Test
    void whatABurstHasTakenIsGivenBack() throws Exception {
        assertBelow(HeapMain.LIVE_MIB, committed(HeapMain.BURST)); // it may just be growing again
    }

    @Test
    void whatIsInUseStays() throws Exception {
        long committed = committed(HeapMain.IN_USE);
        assertTrue(committed >= HeapMain.LIVE_MIB, committed + " MiB");
    }

    private static void assertBelow(long most, long committed) {
        assertTrue(committed < most, committed + " MiB");
    }

    private static long committed(String what, String... options) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.of(
                        java, "-XX:+UseG1GC", "-XX:InitialHeapSize=512m", "-XX:MinHeapSize=8m", "-Xmx2g")
                .collect(Collectors.toList());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HeapMain.class.getName(), what));
        String output = Commands.run(Duration.ofMinutes(2), new ProcessBuilder(command));
        String last = output.strip().lines().reduce("", (before, line) -> line);
        return Long.parseLong(last) / MIB;
    }
}
