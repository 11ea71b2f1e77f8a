package com.connylabs.ingest.cli;

import com.connylabs.ingest.api.plugin.Units;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option that takes a duration as Go writes it. */
final class DurationOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        try {
            return Units.duration(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("expected a duration such as 30s or 1m, found \"" + value + "\"");
        }
    }
}
