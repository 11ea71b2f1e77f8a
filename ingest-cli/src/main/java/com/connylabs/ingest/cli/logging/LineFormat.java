package com.connylabs.ingest.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** Makes a line of a log event. */
interface LineFormat {
    /**
     * Formats an event.
     *
     * @param event the event
     * @param withStack whether to add the stack trace, if there is one
     * @return the text without a line break at its end
     */
    String format(ILoggingEvent event, boolean withStack);
}
