package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns messages into dead letters. Until the letter is stored it keeps the message and its worker, so that a workflow
 * whose dead letters nobody takes comes to rest instead of losing them. Safe to use from many threads.
 */
final class Undertaker {
    private static final Logger log = LoggerFactory.getLogger(Undertaker.class);

    private final String workflow;
    private final Backoff backoff;
    private final WorkflowMetrics metrics;

    Undertaker(String workflow, Backoff backoff, WorkflowMetrics metrics) {
        this.workflow = workflow;
        this.backoff = backoff;
        this.metrics = metrics;
    }

    void buryUnreadable(Message message, String reason, Instant begin) throws InterruptedException {
        metrics.dequeueAttempt(Result.ERROR);
        String id = "unreadable-" + UUID.nameUUIDFromBytes(message.data());
        bury(
                message,
                new DeadLetter(
                        workflow,
                        id,
                        message.data(),
                        Optional.empty(),
                        reason + " (" + message.data().length + " bytes, "
                                + (isText(message.data()) ? "text" : "binary") + ")",
                        message.deliveries(),
                        begin,
                        Instant.now()));
    }

    private static boolean isText(byte[] data) {
        return new String(data, StandardCharsets.UTF_8).chars().noneMatch(c -> c == 0xFFFD || c == 0);
    }

    void bury(Message message, DeadLetter letter) throws InterruptedException {
        for (int failures = 0; ; ) {
            try {
                message.term(letter);
                break;
            } catch (IngestException e) {
                if (failures++ == 0) {
                    log.atError()
                            .addKeyValue("element", letter.id())
                            .addKeyValue("reason", e.getMessage())
                            .log("dead letter could not be stored; nothing is dropped, trying again");
                }
                Thread.sleep(backoff.after(failures).toMillis());
            }
        }
        metrics.givenUp();
        log.atError()
                .addKeyValue("element", letter.id())
                .addKeyValue("destination", letter.destination().orElse("-"))
                .addKeyValue("attempts", letter.attempts())
                .addKeyValue("reason", letter.reason())
                .log("element given up; it is kept as a dead letter");
    }
}
