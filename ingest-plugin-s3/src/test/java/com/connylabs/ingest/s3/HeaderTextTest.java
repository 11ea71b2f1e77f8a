package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {
    @Test
    void asciiStaysAsItIs() {
        assertEquals("text/plain; charset=\"x\" =?a", HeaderText.encode("text/plain; charset=\"x\" =?a"), "ASCII");
    }

    @Test
    void otherTextTravelsAsRfc2047Says() {
        assertEquals("=?UTF-8?B?S8O2bG4=?=", HeaderText.encode("Köln"), "UTF-8 in base 64");
    }

    @Test
    void onlyWhatIsPrintableStaysAsItIs() {
        assertEquals(" ~", HeaderText.encode(" ~"), "the first and the last");
        assertEquals("=?UTF-8?B?fw==?=", HeaderText.encode("\u007f"), "behind the last");
        assertEquals("=?UTF-8?B?Hw==?=", HeaderText.encode("\u001f"), "before the first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Köln", "😀", "line\r\nbreak: header", "nul\u0000", "plain", "", "a ü b", "ü ü"})
    void decodingReversesEncoding(String text) {
        assertEquals(text, HeaderText.decode(HeaderText.encode(text)), "there and back");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        String text = "a" + "😀ü".repeat(40);
        String encoded = HeaderText.encode(text);
        assertEquals(text, HeaderText.decode(encoded), "there and back");
        for (String word : encoded.split(" ", -1)) {
            assertTrue(word.length() <= 75, word);
        }
    }

    @Test
    void utf8ThatWasReadAsLatin1IsMended() {
        assertEquals("Köln 😀", HeaderText.received(new String("Köln 😀".getBytes(UTF_8), ISO_8859_1)), "UTF-8");
        assertEquals("K\u00f6ln", HeaderText.received("K\u00f6ln"), "Latin-1 that is no UTF-8");
        assertEquals("plain", HeaderText.received("plain"), "ASCII");
        assertEquals("\u00ff", HeaderText.received("\u00c3\u00bf"), "the last of Latin-1");
        assertEquals("\u0100 \u00c3\u00b6", HeaderText.received("\u0100 \u00c3\u00b6"), "the first that is not");
        assertEquals("\u20ac \u00c3\u00b6", HeaderText.received("\u20ac \u00c3\u00b6"), "no Latin-1");
    }
}
