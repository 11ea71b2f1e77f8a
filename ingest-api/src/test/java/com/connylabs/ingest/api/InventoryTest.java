package com.connylabs.ingest.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final List<String> NAMES = List.of(
            "",
            "\u0000",
            " ",
            "a",
            "a\u0000",
            "a-b",
            "a/b",
            "aa",
            "b",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ue000",
            "\uffee",
            "\uffff",
            "\ud800\udc00",
            "\ud83d\ude00",
            "\ud83d\ude01",
            "\udbff\udfff",
            "\ud83d\ude00a",
            "x\uffee",
            "x\ud83d\ude00");

    @Test
    void namesAreInTheOrderOfTheirBytes() {
        for (String left : NAMES) {
            for (String right : NAMES) {
                int bytes = Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
                assertEquals(
                        Integer.signum(bytes),
                        Integer.signum(Inventory.ORDER.compare(left, right)),
                        left + " " + right);
            }
        }
    }
}
