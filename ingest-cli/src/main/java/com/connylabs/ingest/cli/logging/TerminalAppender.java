package com.connylabs.ingest.cli.logging;

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
        boolean bug =
                event.getThrowableProxy() instanceof ThrowableProxy proxy && Throwables.isBug(proxy.getThrowable());
        terminal.line(format.format(event, alwaysStack || bug));
    }
}
