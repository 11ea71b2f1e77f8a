package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final String ONE_CHARACTER = "\u00e9";
    private static final String LETTER_AND_ACCENT = "e\u0301";

    @Test
    void onePlainLetterInTheOtherCaseIsEnough() {
        assertEquals(List.of("A"), Spelling.others("a").toList());
        assertEquals(
                List.of("2026-r\u0131.txt"), Spelling.others("2026-R\u0131.txt").toList());
        assertEquals(List.of("\u00d1"), Spelling.others("\u00f1").limit(1).toList(), "there is no plain one");
        assertEquals(List.of("\u0436"), Spelling.others("\u0416").toList(), "nor here");
    }

    @Test
    void accentsCanBeWrittenInTwoWays() {
        assertEquals(
                List.of("\u00c9", LETTER_AND_ACCENT),
                Spelling.others(ONE_CHARACTER).toList());
        assertEquals(
                List.of("E\u0301", ONE_CHARACTER),
                Spelling.others(LETTER_AND_ACCENT).toList());
    }

    @Test
    void whatIsSpelledInOneWayOnlyHasNoOthers() {
        assertEquals(List.of(), Spelling.others("2026-11-29").toList());
    }

    @Test
    void whatMayBeTakenForOneIsFoldedToTheSame() {
        assertEquals(Spelling.folded("A.TXT"), Spelling.folded("a.txt"), "case");
        assertEquals(Spelling.folded(ONE_CHARACTER), Spelling.folded(LETTER_AND_ACCENT), "accents");
        assertEquals(Spelling.folded("STRASSE"), Spelling.folded("stra\u00dfe"), "one letter that is two in capitals");
        assertNotEquals(Spelling.folded("a"), Spelling.folded("b"), "different letters");
    }
}
