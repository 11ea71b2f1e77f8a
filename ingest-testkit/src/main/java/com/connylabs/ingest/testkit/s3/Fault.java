package com.connylabs.ingest.testkit.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/** What an {@link S3Stub} does wrong on request. */
public sealed interface Fault {
    /**
     * Answers with an error and does nothing.
     *
     * @param status the HTTP status
     * @param code S3's word for it, for example {@code SlowDown}
     */
    record Status(int status, String code) implements Fault {}

    /** Closes the connection without an answer and does nothing. */
    record Drop() implements Fault {}

    /** Does what was asked, then closes the connection without an answer. */
    record LoseAnswer() implements Fault {}

    /**
     * Promises the whole body, then closes the connection in the middle of it.
     *
     * @param afterBytes how much of the body is sent
     */
    record Cut(int afterBytes) implements Fault {
        byte[] apply(byte[] body) {
            return Arrays.copyOf(body, Math.min(body.length, afterBytes));
        }
    }

    /** Sends a body of the right length with one bit turned over. */
    record Corrupt() implements Fault {
        byte[] apply(byte[] body) {
            byte[] wrong = body.clone();
            wrong[wrong.length / 2] ^= 1;
            return wrong;
        }
    }

    /**
     * Answers late, and correctly.
     *
     * @param by how late
     */
    record Delay(Duration by) implements Fault {
        boolean pass() {
            try {
                Thread.sleep(by.toMillis());
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /**
     * Answers some at a time, late and correctly, and tells any more to slow down.
     *
     * @param room has a permit for each that it answers at a time
     * @param by how late
     */
    record Crowded(Semaphore room, Duration by) implements Fault {}

    /**
     * Sends the right body in small pieces, evenly.
     *
     * @param over how long the whole body takes
     */
    record Drip(Duration over) implements Fault {
        private static final int PIECES = 200;

        void send(byte[] body, OutputStream out) throws IOException {
            for (int piece = 0; piece < PIECES; piece++) {
                int from = (int) ((long) body.length * piece / PIECES);
                int to = (int) ((long) body.length * (piece + 1) / PIECES);
                out.write(body, from, to - from);
                out.flush();
                if (!new Delay(over.dividedBy(PIECES)).pass()) {
                    return;
                }
            }
        }
    }
}
