package com.connylabs.ingest.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void aTableHasTheMedianOfEachSubject() {
        String table = Report.table(
                "copying",
                List.of(sample("a", 30), sample("b", 7), sample("a", 10), sample("a", 2000), sample("b", 8)));
        assertEquals("""

                ### copying

                | | runs | objects/s |
                | --- | ---: | ---: |
                | a | 3 | 30.0 |
                | b | 2 | 7.50 |
                """, table);
    }

    @Test
    void aSampleIsALineOfJson() {
        assertEquals(
                "{\"scenario\":\"copying\",\"subject\":\"a\",\"objects/s\":1.5000}",
                sample("a", 1.5).json("copying"));
    }

    private static Sample sample(String subject, double value) {
        return new Sample(subject, Map.of("objects/s", value));
    }
}
