package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An element that was given up on, kept with its reason.
 *
 * @param workflow name of the workflow
 * @param id the element's id; for a message that could not be decoded, a hash of its body
 * @param data the message's body as it was published
 * @param destination the destination that failed, or empty if the failure was not at one
 * @param reason what failed and why; of a longer text the first 4,096 characters, so that a queue can take it
 * @param attempts how often the element was tried
 * @param first when it was first tried, as far as the worker that gave it up knows
 * @param last when it was given up
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record DeadLetter(
        String workflow,
        String id,
        byte[] data,
        Optional<String> destination,
        String reason,
        long attempts,
        Instant first,
        Instant last) {

    private static final int MOST_REASON = 4096;

    /** Checks that nothing is missing; copies the body, and cuts the reason. */
    public DeadLetter {
        requireNonNull(workflow, "workflow");
        requireNonNull(id, "id");
        requireNonNull(destination, "destination");
        requireNonNull(reason, "reason");
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        data = data.clone();
        reason = cut(reason);
    }

    private static String cut(String reason) {
        if (reason.length() <= MOST_REASON) {
            return reason;
        }
        boolean inPair = Character.isHighSurrogate(reason.charAt(MOST_REASON - 1));
        return reason.substring(0, inPair ? MOST_REASON - 1 : MOST_REASON);
    }

    /**
     * The message's body.
     *
     * @return a copy of the bytes
     */
    @Override
    public byte[] data() {
        return data.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeadLetter that
                && workflow.equals(that.workflow)
                && id.equals(that.id)
                && Arrays.equals(data, that.data)
                && destination.equals(that.destination)
                && reason.equals(that.reason)
                && attempts == that.attempts
                && first.equals(that.first)
                && last.equals(that.last);
    }

    @Override
    public int hashCode() {
        return Objects.hash(workflow, id, Arrays.hashCode(data), destination, reason, attempts, first, last);
    }

    /** Names the letter without its body, which may hold what nobody else should read. */
    @Override
    public String toString() {
        return "DeadLetter[workflow=" + workflow + ", id=" + id + ", destination=" + destination + ", reason=" + reason
                + ", attempts=" + attempts + ", first=" + first + ", last=" + last + "]";
    }
}
