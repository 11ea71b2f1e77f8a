package com.connylabs.ingest.api.plugin;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as Go writes them, and numbers of bytes. */
public final class Units {
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern BYTES = Pattern.compile("(\\d+)\\s*([a-z]*)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final Map<String, Long> BYTE_UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("kb", 1_000L),
            Map.entry("m", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("mb", 1_000_000L),
            Map.entry("g", 1L << 30),
            Map.entry("gib", 1L << 30),
            Map.entry("gb", 1_000_000_000L));

    private Units() {}

    /**
     * Reads a duration: one or more numbers with a unit ({@code ns}, {@code us}, {@code ms}, {@code s}, {@code m}, {@code
     * h}), or a bare number of nanoseconds. A plus sign in front is allowed; what is shorter than a nanosecond is cut off.
     *
     * <p>Source: Go's time.ParseDuration, and encoding of time.Duration as a number.
     *
     * @param text for example {@code 1h30m}
     * @return the duration
     * @throws IllegalArgumentException if the text is none, or negative
     */
    public static Duration duration(String text) {
        try {
            if (text.matches("\\d+")) {
                return Duration.ofNanos(Long.parseLong(text));
            }
            BigDecimal nanos = BigDecimal.ZERO;
            Matcher part = DURATION_PART.matcher(text);
            int start = text.startsWith("+") ? 1 : 0;
            int end = start;
            part.region(start, text.length());
            while (part.lookingAt()) {
                long unit = NANOS.getOrDefault(part.group(2), 0L);
                nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
                end = part.end();
                part.region(end, text.length());
            }
            if (end == start || end != text.length()) {
                throw new IllegalArgumentException("not a duration: " + text);
            }
            return Duration.ofNanos(nanos.toBigInteger().longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("duration out of range: " + text, e);
        }
    }

    /**
     * Reads a number of bytes: a number, or one with a unit ({@code KiB}, {@code MiB}, {@code GiB} to the power of two, of
     * which {@code K}, {@code M}, {@code G} are short forms; {@code KB}, {@code MB}, {@code GB} to the power of ten).
     *
     * @param text for example {@code 8MiB}
     * @return the bytes
     * @throws IllegalArgumentException if the text is none
     */
    public static long bytes(String text) {
        Matcher matcher = BYTES.matcher(text.trim().toLowerCase(Locale.ROOT));
        Long unit = matcher.matches() ? BYTE_UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("not a number of bytes: " + text);
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("number of bytes out of range: " + text, e);
        }
    }
}
