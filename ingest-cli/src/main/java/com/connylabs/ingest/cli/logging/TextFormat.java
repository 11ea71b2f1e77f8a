package com.connylabs.ingest.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** For people: time, level, workflow, message, key=value, cause. */
final class TextFormat implements LineFormat {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    public String format(ILoggingEvent event, boolean withStack) {
        StringBuilder line = new StringBuilder();
        line.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        line.append(String.format(" %-5s ", event.getLevel()));
        event.getMDCPropertyMap().values().forEach(value -> line.append('[')
                .append(Escapes.visible(value))
                .append("] "));
        line.append(Escapes.visible(event.getFormattedMessage()));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> line.append(' ').append(pair.key).append('=').append(value(pair.value)));
        }
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
            line.append(": ").append(Escapes.visible(Throwables.chain(proxy.getThrowable())));
            if (withStack) {
                Throwables.stack(proxy.getThrowable()).lines().forEach(l -> line.append(System.lineSeparator())
                        .append("    ")
                        .append(Escapes.visible(l)));
            }
        }
        return line.toString();
    }

    private static String value(Object value) {
        String text = String.valueOf(value);
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
        return plain ? Escapes.visible(text) : Escapes.quoted(text);
    }
}
