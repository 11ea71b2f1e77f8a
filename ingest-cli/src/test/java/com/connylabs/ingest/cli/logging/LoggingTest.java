package com.connylabs.ingest.cli.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import com.connylabs.ingest.api.TransientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingTest {
    private static final Logger log = LoggerFactory.getLogger(LoggingTest.class);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @AfterEach
    void silence() {
        new SilentStart().configure((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    @Test
    void jsonHasTheOriginalsKeysAndOurs() {
        start(LogLevel.INFO, LogFormat.JSON, false);
        MDC.put("workflow", "w");
        try {
            log.atWarn()
                    .addKeyValue("item", "a\"b\\\n\u001b[31m\u202e")
                    .addKeyValue("count", 3)
                    .addKeyValue("msg", "again")
                    .log("stored {}", "x");
        } finally {
            MDC.clear();
        }
        String line = output();
        assertTrue(line.startsWith("{\"ts\":\"20"), line);
        assertTrue(
                line.endsWith("Z\",\"level\":\"warn\",\"msg\":\"stored x\",\"logger\":\"" + LoggingTest.class.getName()
                        + "\",\"thread\":\"main\",\"workflow\":\"w\","
                        + "\"item\":\"a\\\"b\\\\\\n\\u001b[31m\\u202e\",\"count\":3,\"msg_\":\"again\"}\n"),
                line);
    }

    @Test
    void textIsOneReadableLine() {
        start(LogLevel.INFO, LogFormat.TEXT, false);
        MDC.put("workflow", "photos");
        try {
            log.atInfo()
                    .addKeyValue("item", "a b\r\n\u001b]0;x\u0007")
                    .addKeyValue("n", 1)
                    .setCause(new TransientException("store a", new IOException("reset")))
                    .log("failed\nlater");
        } finally {
            MDC.clear();
        }
        assertEquals(
                "INFO  [photos] failed\\nlater item=\"a b\\r\\n\\u001b]0;x\\u0007\" n=1: store a: IOException: reset\n",
                output().replaceFirst("^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ", ""),
                "line");
    }

    @Test
    void autoIsTextWhereSomebodyLooksAndJsonElsewhere() {
        start(LogLevel.INFO, LogFormat.AUTO, true);
        log.info("seen");
        assertTrue(output().endsWith(" INFO  seen\n"), output());
        bytes.reset();
        start(LogLevel.INFO, LogFormat.AUTO, false);
        log.info("collected");
        assertTrue(output().startsWith("{"), output());
    }

    @Test
    void stackTracesAreForMistakesAndForDebugging() {
        start(LogLevel.INFO, LogFormat.TEXT, false);
        log.atWarn().setCause(new TransientException("store a")).log("expected");
        assertEquals(1, output().lines().count(), output());
        bytes.reset();
        log.atWarn().setCause(new IllegalStateException("date")).log("what a library finds worth a warning");
        assertEquals(1, output().lines().count(), output());
        bytes.reset();
        log.atError().setCause(new IllegalStateException("bug")).log("unexpected");
        assertTrue(output().contains("    java.lang.IllegalStateException: bug\n"), output());
        bytes.reset();
        start(LogLevel.DEBUG, LogFormat.JSON, false);
        log.atWarn().setCause(new TransientException("store a")).log("expected");
        assertTrue(output().contains("\"stack\":\"com.connylabs.ingest.api.TransientException: store a\\n"), output());
    }

    @Test
    void levelsSelectAndLibrariesStayQuietWhenDebugging() {
        start(LogLevel.WARN, LogFormat.TEXT, false);
        log.info("no");
        log.warn("yes");
        assertTrue(output().endsWith("WARN  yes\n") && output().lines().count() == 1, output());
        bytes.reset();
        start(LogLevel.ALL, LogFormat.TEXT, false);
        LoggerFactory.getLogger("org.apache.hc.client5.http.headers").debug("Authorization: secret");
        LoggerFactory.getLogger("com.example.Plugin").trace("a plugin");
        assertEquals(1, output().lines().count(), output());
        bytes.reset();
        start(LogLevel.NONE, LogFormat.TEXT, false);
        log.error("nothing");
        assertEquals("", output());
    }

    @Test
    void javaUtilLoggingGoesToTheSameLog() {
        start(LogLevel.INFO, LogFormat.TEXT, false);
        java.util.logging.Logger.getLogger("some.library").warning("from the JDK");
        assertTrue(output().endsWith(" WARN  from the JDK\n"), output());
    }

    @Test
    void linesOfTheLogTakeThePlaceOfTheProgress() {
        Terminal terminal = new Terminal(out, true);
        terminal.status("1 copied");
        terminal.line("a line");
        terminal.status("");
        assertEquals("\r\u001b[K1 copied\r\u001b[Ka line\n1 copied\r\u001b[K", output());
    }

    @Test
    void progressIsNotShownWhereNobodyLooks() {
        Terminal terminal = new Terminal(out, false);
        terminal.status("1 copied");
        terminal.line("a line");
        assertEquals("a line\n", output());
    }

    @Test
    void causesThatRepeatWhatWasSaidAreLeftOut() {
        Exception e =
                new TransientException("get a: IOException: reset", new IOException("reset", new IOException("tls")));
        assertEquals("get a: IOException: reset: IOException: tls", Throwables.chain(e));
        assertFalse(Throwables.isBug(e), "an expected error");
    }

    private void start(LogLevel level, LogFormat format, boolean interactive) {
        Logging.start(level, format, new Terminal(out, interactive));
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
