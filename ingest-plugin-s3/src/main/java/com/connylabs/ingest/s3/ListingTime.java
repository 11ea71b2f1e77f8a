package com.connylabs.ingest.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads the times of a listing. Java's parser takes as long for one of them as all else takes for an entry, and stores write
 * them in one way: {@code 2026-01-31T23:59:59.000Z}.
 */
final class ListingTime {
    private static final String FORM = "0000-00-00T00:00:00.000Z";
    private static final int DAY_SECONDS = 86_400;

    private ListingTime() {}

    /**
     * Reads a time.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        return isUsual(text) ? usual(text) : Instant.parse(text);
    }

    private static boolean isUsual(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char is = text.charAt(i);
            if (FORM.charAt(i) == '0' ? is < '0' || is > '9' : is != FORM.charAt(i)) {
                return false;
            }
        }
        return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
    }

    private static Instant usual(String text) {
        LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        int seconds = number(text, 11, 13) * 3600 + number(text, 14, 16) * 60 + number(text, 17, 19);
        return Instant.ofEpochSecond(day.toEpochDay() * DAY_SECONDS + seconds, number(text, 20, 23) * 1_000_000L);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
