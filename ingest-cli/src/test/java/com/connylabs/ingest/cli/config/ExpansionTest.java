package com.connylabs.ingest.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpansionTest {
    private final Expansion expansion = new Expansion(Map.of("A", "1", "B_2", "x: [y", "EMPTY", "", "D", "$A"));

    @Test
    void variablesAreReplaced() {
        assertEquals("1", expansion.expand("$A").orElseThrow());
        assertEquals("<1><x: [y>", expansion.expand("<${A}><$B_2>").orElseThrow());
        assertEquals("$A", expansion.expand("$D").orElseThrow(), "what a variable holds is not expanded again");
    }

    @Test
    void defaultsStandInForUnsetAndEmptyVariables() {
        assertEquals("d:-e", expansion.expand("${NONE:-d:-e}").orElseThrow());
        assertEquals("d", expansion.expand("${EMPTY:-d}").orElseThrow());
        assertEquals("1", expansion.expand("${A:-d}").orElseThrow());
    }

    @Test
    void dollarSignsThatNoNameFollowsStay() {
        assertEquals("$A", expansion.expand("$$A").orElseThrow());
        assertEquals("a$ $1 $", expansion.expand("a$ $1 $").orElseThrow());
        assertEquals("$$", expansion.expand("$$$$").orElseThrow());
    }

    @Test
    void nothingButEmptyVariablesIsNoValue() {
        assertTrue(expansion.expand("$EMPTY").isEmpty(), "$EMPTY");
        assertTrue(expansion.expand("${NONE:-}").isEmpty(), "${NONE:-}");
        assertTrue(expansion.expand("").isEmpty(), "an empty text in quotes");
    }

    @Test
    void unsetVariableIsAnErrorThatNamesIt() {
        String message = assertThrows(IllegalArgumentException.class, () -> expansion.expand("x${SECRET_KEY}"))
                .getMessage();
        assertEquals(
                "environment variable SECRET_KEY is not set; set it, or write ${SECRET_KEY:-default},"
                        + " or $$ for a dollar sign",
                message);
    }

    @Test
    void malformedReferenceIsAnError() {
        for (String malformed : List.of("${", "${A", "${}", "${1}", "${A-b}", "${A:-$B}", "${A b}")) {
            assertThrows(IllegalArgumentException.class, () -> expansion.expand(malformed), malformed);
        }
    }

    @Test
    void placeAndPathOfAnUnsetVariableAreReportedAndItsValueCannotChangeTheStructure() throws Exception {
        String yaml = "sources: [{name: a, type: s3, bucket: $B_2, deep: {list: ['$NONE']}}]\n";
        String message = assertThrows(
                        InvalidConfigException.class,
                        () -> ConfigReader.parse("c.yaml", yaml + "workflows: []", Map.of("B_2", "x: [y")))
                .getMessage();
        assertEquals(
                "c.yaml:1: sources[0].deep.list[0]: environment variable NONE is not set; set it, or write"
                        + " ${NONE:-default}, or $$ for a dollar sign",
                message.lines().findFirst().orElseThrow());
    }

    @Test
    void valueFromTheEnvironmentIsNotShownInAnError() {
        String message = assertThrows(
                        InvalidConfigException.class,
                        () -> ConfigReader.parse(
                                "c.yaml",
                                "workflows: [{name: w, source: a, destinations: b, interval: $SECRET}]",
                                Map.of("SECRET", "hush")))
                .getMessage();
        assertEquals(
                "c.yaml:1: workflows[0].interval: expected a duration such as 300s or 1h30m",
                message.lines()
                        .filter(line -> line.contains("interval"))
                        .findFirst()
                        .orElseThrow());
    }
}
