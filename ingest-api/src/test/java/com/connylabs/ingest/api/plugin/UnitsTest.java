package com.connylabs.ingest.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    /** The right column is what Go's time.ParseDuration makes of the left one, in nanoseconds. */
    @ParameterizedTest
    @CsvSource({
        "300s, 300000000000",
        "1h30m, 5400000000000",
        "250ms, 250000000",
        "1.5h, 5400000000000",
        ".5s, 500000000",
        "1.s, 1000000000",
        "+5s, 5000000000",
        "1h2m3s4ms5us6ns, 3723004005006",
        "2us, 2000",
        "2µs, 2000",
        "2μs, 2000",
        "1m1m, 120000000000",
        "0.9ns, 0",
        "0.333333333333333333333s, 333333333",
        "0s, 0",
        "9223372036854775807ns, 9223372036854775807",
    })
    void durationIsReadAsGoReadsIt(String text, long nanos) {
        assertEquals(Duration.ofNanos(nanos), Units.duration(text), text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "300000000000, 300000000000", "9223372036854775807, 9223372036854775807"})
    void bareNumberIsNanoseconds(String text, long nanos) {
        assertEquals(Duration.ofNanos(nanos), Units.duration(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "-1s",
                "-1",
                "s",
                ".",
                ".s",
                "1.5",
                "1x",
                "1d",
                "1h 30m",
                " 1s",
                "1s ",
                "1S",
                "1h-30m",
                "1,5h",
                "1e3s",
                "9223372036854775808",
                "9223372036854775808ns",
                "2562048h",
                "99999999999999999999h",
                "٣s",
                "+ 5s"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Units.duration(text), text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1048576, 1048576",
        "8MiB, 8388608",
        "8 mib, 8388608",
        "8M, 8388608",
        "8MB, 8000000",
        "5KiB, 5120",
        "5k, 5120",
        "5kB, 5000",
        "2GiB, 2147483648",
        "2g, 2147483648",
        "2GB, 2000000000",
        "7b, 7",
        "9223372036854775807, 9223372036854775807",
    })
    void bytesAreRead(String text, long bytes) {
        assertEquals(bytes, Units.bytes(text), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5GiB", "1 2", "8XB", "9223372036854775808", "9007199254740992M"})
    void whatIsNoNumberOfBytesIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Units.bytes(text), text);
    }

    @Test
    void refusalNamesTheText() {
        var e = assertThrows(IllegalArgumentException.class, () -> Units.duration("5 minutes"));
        assertEquals("not a duration: 5 minutes", e.getMessage(), "message");
    }
}
