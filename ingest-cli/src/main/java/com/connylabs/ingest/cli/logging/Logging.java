package com.connylabs.ingest.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sets the log up. The whole log goes to the standard error; results go to the standard output. */
public final class Logging {
    /** Libraries whose debug output shows headers with credentials, or every packet. */
    private static final List<String> CAPPED =
            List.of("org.apache", "software.amazon", "io.nats", "org.sqlite", "sun", "com.sun", "jdk");

    private Logging() {}

    /**
     * Starts logging.
     *
     * @param level how much
     * @param format how; {@code AUTO} is text where somebody looks and JSON elsewhere
     * @param terminal where to
     */
    public static void start(LogLevel level, LogFormat format, Terminal terminal) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        boolean text = format == LogFormat.TEXT || (format == LogFormat.AUTO && terminal.interactive());
        boolean debug = level.compareTo(LogLevel.DEBUG) <= 0;
        TerminalAppender appender = new TerminalAppender(terminal, text ? new TextFormat() : new JsonFormat(), debug);
        appender.setContext(context);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(of(level));
        root.addAppender(appender);
        if (debug) {
            CAPPED.forEach(name -> context.getLogger(name).setLevel(Level.INFO));
        }
        JulHandler.install();
    }

    private static Level of(LogLevel level) {
        return switch (level) {
            case ALL -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
            case NONE -> Level.OFF;
        };
    }
}
