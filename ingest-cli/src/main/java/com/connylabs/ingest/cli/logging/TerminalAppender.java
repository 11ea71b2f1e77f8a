package com.connylabs.ingest.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;

/** Writes the log to the terminal. */
final class TerminalAppender extends AppenderBase<ILoggingEvent> {
    private final Terminal terminal;
    private final LineFormat format;
    private final boolean alwaysStack;

    TerminalAppender(Terminal terminal, LineFormat format, boolean alwaysStack) {
        this.terminal = terminal;
        this.format = format;
        this.alwaysStack = alwaysStack;
    }

    @Override
    protected void append(ILoggingEvent event) {
        terminal.line(format.format(event, alwaysStack || isBug(event)));
    }

    /** What a library warns of is none: the S3 SDK does, with an exception, at every date in an answer that is none. */
    private static boolean isBug(ILoggingEvent event) {
        return event.getLevel().isGreaterOrEqual(Level.ERROR)
                && event.getThrowableProxy() instanceof ThrowableProxy proxy
                && Throwables.isBug(proxy.getThrowable());
    }
}
