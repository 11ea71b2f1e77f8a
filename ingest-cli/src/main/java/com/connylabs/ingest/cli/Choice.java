package com.connylabs.ingest.cli;

import com.connylabs.ingest.cli.logging.LogFormat;
import com.connylabs.ingest.cli.logging.LogLevel;
import com.connylabs.ingest.cli.run.Mode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option that takes one of a few words. */
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    private Choice(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected " + words() + ", found \"" + value + "\""));
    }

    private String words() {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    static final class OfMode extends Choice<Mode> {
        OfMode() {
            super(Mode.class);
        }
    }

    static final class OfLogLevel extends Choice<LogLevel> {
        OfLogLevel() {
            super(LogLevel.class);
        }
    }

    static final class OfOutput extends Choice<DeadLettersCommand.Output> {
        OfOutput() {
            super(DeadLettersCommand.Output.class);
        }
    }

    static final class OfLogFormat extends Choice<LogFormat> {
        OfLogFormat() {
            super(LogFormat.class);
        }
    }
}
