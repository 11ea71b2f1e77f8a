package com.connylabs.ingest.cli.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT: the first one asks to stop, the second one ends the process at once. The JDK's class for this is
 * reached by reflection, because javac warns of its use and the warning cannot be turned off.
 */
public final class Signals {
    private static final Logger log = LoggerFactory.getLogger(Signals.class);
    private static final int ENDED_AT_ONCE = 1;

    /** More than everything takes that ends after the user's time-out, and less than anybody waits who watches. */
    private static final Duration GRACE = Duration.ofSeconds(45);

    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private Signals() {}

    /**
     * Takes the signals over. Where that is impossible the JVM's own way remains: the process ends at once, and what was
     * not finished is delivered again.
     *
     * @param stop told of the first signal
     * @param shutdownTimeout how long what is running may take to finish; a while after it the process is ended by force
     */
    public static void install(Stop stop, Duration shutdownTimeout) {
        AtomicInteger received = new AtomicInteger();
        for (String name : List.of("TERM", "INT")) {
            try {
                handle(name, () -> received(name, received.incrementAndGet(), stop, shutdownTimeout.plus(GRACE)));
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                log.atDebug().setCause(e).log("signal {} is left to the JVM", name);
            }
        }
    }

    private static void received(String name, int times, Stop stop, Duration limit) {
        if (times > 1) {
            Runtime.getRuntime().halt(ENDED_AT_ONCE);
        }
        stop.request();
        start("last-resort", () -> endAfter(limit));
        log.info(
                "stopping because of SIG{}; a second signal ends at once", name); // last: nobody may be reading the log
    }

    /** Whatever a plugin does, even in a shutdown hook: somebody waits for the end. */
    private static void endAfter(Duration limit) {
        try {
            Thread.sleep(limit.toMillis());
            Thread word = start(
                    "last-word",
                    () -> log.error(
                            "has not ended within {} and is ended by force; nothing is lost", Texts.duration(limit)));
            word.join(LAST_WORD.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Runtime.getRuntime().halt(ENDED_AT_ONCE);
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler invocation = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                action.run();
            }
            return null;
        };
        Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, invocation);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }
}
