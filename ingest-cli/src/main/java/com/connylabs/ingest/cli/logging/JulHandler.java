package com.connylabs.ingest.cli.logging;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Brings what the JDK and some libraries log with java.util.logging into the same log. */
final class JulHandler extends Handler {
    private final Formatter formatter = new SimpleFormatter();

    static void install() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        root.addHandler(new JulHandler());
    }

    @Override
    public void publish(LogRecord event) {
        String name = event.getLoggerName() == null ? "java.util.logging" : event.getLoggerName();
        LoggerFactory.getLogger(name)
                .atLevel(level(event.getLevel()))
                .setCause(event.getThrown())
                .log(formatter.formatMessage(event));
    }

    private static org.slf4j.event.Level level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return org.slf4j.event.Level.ERROR;
        }
        return level.intValue() >= Level.WARNING.intValue() ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.INFO;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
