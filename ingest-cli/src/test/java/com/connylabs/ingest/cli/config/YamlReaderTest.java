package com.connylabs.ingest.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.cli.config.Node.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    @Test
    void valuesStayTheTextThatWasWritten() throws Exception {
        assertEquals(
                "{a=0123, b=1_000, c=0x1F, d=yes, e=1e3, f=x y, g=null, h=null, i=null, j=null, k=no: , l=[1, null]}",
                values("{a: 0123, b: 1_000, c: 0x1F, d: yes, e: 1e3, f: 'x y', g: ~, h: null, i: , j: ,"
                                + " k: 'no: ', l: [1, ~]}")
                        .toString());
    }

    @Test
    void aliasesAndMergeKeysAreResolved() throws Exception {
        Map<String, @Nullable Object> values = values("""
                base: &base {a: 1, b: 2}
                more: &more {b: 3, c: 4, d: 5}
                one: {<<: *base, B: 9}
                two:
                  <<: [*base, *more]
                  d: 6
                text: &t hello
                again: *t
                """);
        assertEquals("{B=9, a=1}", String.valueOf(values.get("one")), "own keys win, without regard to case");
        assertEquals("{d=6, a=1, b=2, c=4}", String.valueOf(values.get("two")), "earlier maps win over later ones");
        assertEquals("hello", values.get("again"), "alias of a text");
    }

    @Test
    void duplicateKeysAreReportedWithTheFirst() {
        assertEquals(List.of("f.yaml:3: a.X: duplicate key, first in line 2"), problems("a:\n  x: 1\n  X: 2\n"));
    }

    @Test
    void mergingWhatIsNoMapIsReported() {
        assertEquals(
                List.of("f.yaml:1: a.<<: expected a map or a list of maps to merge, found a value"),
                problems("a: {<<: 1}"));
    }

    @Test
    void syntaxErrorsAreOneLineWithLineAndColumn() {
        assertEquals(
                "f.yaml:2: not valid YAML: while parsing a flow sequence, expected ',' or ']', but got : (column 2)",
                error("a: [1\nb: {\n"));
        assertEquals(
                "f.yaml:2: not valid YAML: mapping values are not allowed here (column 4)", error("a: b\n  c: d\n"));
        assertTrue(error("a: 1\n\tb: 2\n").startsWith("f.yaml:2: not valid YAML: "), "tab");
    }

    @Test
    void referenceInsideBracesGetsAHint() {
        assertTrue(error("a: {b: ${C}}").endsWith("put a value with ${...} in quotes"), error("a: {b: ${C}}"));
    }

    @Test
    void secondDocumentIsRefused() {
        assertEquals("f.yaml:2: a second document begins here; put everything into one", error("a: 1\n---\nb: 2\n"));
    }

    @Test
    void aliasOfItselfIsRefused() {
        assertEquals("f.yaml:1: alias *x is used before its anchor &x has ended", error("a: &x {b: *x}"));
    }

    @Test
    void deepNestingIsRefused() {
        assertTrue(error("[".repeat(60) + "]".repeat(60)).contains("nested more than 50 levels deep"), "depth");
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        assertTrue(error(bomb.toString()).contains("more than 100000 values"), "alias expansion");
    }

    @Test
    void anyInputIsReadOrRefusedWithOneLine() {
        Random random = new Random(7);
        String alphabet = "ab:- \n[]{}&*<!|>'\"#,?%@`~$\t01";
        for (int i = 0; i < 20_000; i++) {
            String input = random.ints(random.nextInt(40), 0, alphabet.length())
                    .mapToObj(index -> alphabet.substring(index, index + 1))
                    .collect(Collectors.joining());
            try {
                YamlReader.read("f.yaml", input, new Expansion(Map.of()), new Problems());
            } catch (InvalidConfigException e) {
                assertEquals(1, e.getMessage().lines().count(), "one line for: " + input + ": " + e.getMessage());
            }
        }
    }

    private static Map<String, @Nullable Object> values(String yaml) throws InvalidConfigException {
        Problems problems = new Problems();
        Mapping root = (Mapping) YamlReader.read("f.yaml", yaml, new Expansion(Map.of()), problems);
        problems.throwIfAny();
        return new EndpointConfig("", root.place(), "", "", root.entries()).values();
    }

    private static String error(String yaml) {
        String message =
                assertThrows(InvalidConfigException.class, () -> values(yaml)).getMessage();
        assertFalse(message.contains("\n"), "one line: " + message);
        return message;
    }

    private static List<String> problems(String yaml) {
        return error(yaml).lines().toList();
    }
}
