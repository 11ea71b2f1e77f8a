package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTimeTest {
    @Test
    void readsWhatTheParserOfThePlatformReads() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L));
            String text = time.toString();
            String whole = text.length() == 20 ? text.replace("Z", ".000Z") : text;
            assertEquals(time, ListingTime.parse(whole), whole);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:59:59.999Z",
                "2026-11-24T02:00:00Z",
                "2026-11-24T02:00:00.123456Z",
                "2026-11-24T24:00:00.000Z",
                "2026-11-24T02:00:00+01:00",
            })
    void readsOtherFormsAsThePlatformDoes(String text) {
        assertEquals(Instant.parse(text), ListingTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30T00:00:00.000Z",
                "2026-13-01T00:00:00.000Z",
                "2026-01-01T25:00:00.000Z",
                "2026-01-01T00:60:00.000Z",
                "2026-01-01 00:00:00.000Z",
                "2026-01-01T00:00:00.0x0Z",
                "٢٠٢٦-01-01T00:00:00.000Z",
            })
    void refusesWhatIsNoTime(String text) {
        assertThrows(DateTimeException.class, () -> ListingTime.parse(text));
    }
}
