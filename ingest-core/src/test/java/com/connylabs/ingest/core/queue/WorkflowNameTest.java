package com.connylabs.ingest.core.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowNameTest {
    @Test
    void lettersDigitsUnderscoreAndMinusAreAllowed() {
        for (String name : List.of("foo_1-bar_1", "A", "0", "_", "-")) {
            assertEquals(name, WorkflowName.require(name), "the name itself");
        }
    }

    @Test
    void nothingElseIs() {
        for (String name : List.of("", "a.b", "a b", "*", ">", "ü", "a/b", "a\n")) {
            var error = assertThrows(IllegalArgumentException.class, () -> WorkflowName.require(name), name);
            assertEquals(true, error.getMessage().contains("\"" + name + "\""), "the message names it: " + error);
        }
    }
}
