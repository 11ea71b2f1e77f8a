package com.connylabs.ingest.core.copy;

import java.util.Map;
import org.slf4j.MDC;

/** What is logged on a thread that works for another one tells of the same workflow. */
final class LogContext {
    private LogContext() {}

    static Runnable carriedInto(Runnable task) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return () -> {
            try {
                if (context != null) {
                    MDC.setContextMap(context);
                }
                task.run();
            } finally {
                MDC.clear();
            }
        };
    }
}
