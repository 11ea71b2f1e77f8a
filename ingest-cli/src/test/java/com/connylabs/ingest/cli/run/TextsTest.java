package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.cli.metrics.Tally.Counts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void durationsAreWrittenAsInGo() {
        assertEquals("0s", Texts.duration(Duration.ZERO));
        assertEquals("0.25s", Texts.duration(Duration.ofMillis(250)));
        assertEquals("30s", Texts.duration(Duration.ofSeconds(30)));
        assertEquals("5m", Texts.duration(Duration.ofMinutes(5)));
        assertEquals("1h30m", Texts.duration(Duration.ofMinutes(90)));
        assertEquals("1h1s", Texts.duration(Duration.ofSeconds(3601)));
    }

    @Test
    void bytesHaveAUnit() {
        assertEquals("0 B", Texts.bytes(0));
        assertEquals("1023 B", Texts.bytes(1023));
        assertEquals("1.5 KiB", Texts.bytes(1536));
        assertEquals("8.0 EiB", Texts.bytes(Long.MAX_VALUE));
    }

    @Test
    void columnsOfTheSummaryAreAligned() {
        assertEquals(
                "workflow  copied\na             10\nlonger         3\n".replace("\n", System.lineSeparator()),
                Summary.table(List.of(List.of("workflow", "copied"), List.of("a", "10"), List.of("longer", "3"))));
    }

    @Test
    void progressShowsTotalsAndRates() {
        Counts before = new Counts(0, 0, 10, 1024, 0, 0, 0);
        Counts now = new Counts(100, 90, 30, 5 * 1024, 2, 1, 3);
        assertEquals(
                "7s  listed 100  queued 90  copied 30 (5.0 KiB; 10/s, 2.0 KiB/s)  skipped 2  given up 3",
                Progress.line(now, before, 2, Duration.ofMillis(7900)));
    }
}
