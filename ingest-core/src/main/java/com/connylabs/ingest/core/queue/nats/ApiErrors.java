package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import io.nats.client.JetStreamApiException;
import java.io.IOException;

/** The server's error codes that we act on, and its other failures in our words. Source: NATS, server/errors.json. */
final class ApiErrors {
    static final int CONSUMER_NOT_FOUND = 10014;
    static final int INSUFFICIENT_RESOURCES = 10023;
    static final int NO_MESSAGE = 10037;
    static final int JETSTREAM_NOT_ENABLED_FOR_ACCOUNT = 10039;
    static final int STORAGE_EXCEEDED = 10047;
    static final int CANNOT_CHANGE = 10052;
    static final int MESSAGE_TOO_LARGE = 10054;
    static final int NAME_IN_USE = 10058;
    static final int STREAM_NOT_FOUND = 10059;
    static final int SUBJECTS_OVERLAP = 10065;
    static final int WRONG_LAST_SEQUENCE = 10071;
    static final int REPLICAS_NOT_SUPPORTED = 10074;
    static final int JETSTREAM_NOT_ENABLED = 10076;
    static final int STORE_FAILED = 10077;
    static final int FILTER_NOT_UNIQUE = 10100;
    static final int MAX_ACK_PENDING_EXCEEDED = 10121;

    private ApiErrors() {}

    /** Whether the subject has its one message already; the same code also says that the stream is full. */
    static boolean occupied(JetStreamApiException e) {
        return e.getApiErrorCode() == STORE_FAILED
                && String.valueOf(e.getErrorDescription()).contains("per subject");
    }

    /**
     * The queue could not do something: the endpoint's fault, whatever it was.
     *
     * @param what was asked of it, for example {@code "queue at nats://a:4222: reading stream ingest"}
     */
    static IngestException endpoint(String what, Exception e) {
        if (e instanceof JetStreamApiException api) {
            int code = api.getApiErrorCode();
            String hint = code == JETSTREAM_NOT_ENABLED || code == JETSTREAM_NOT_ENABLED_FOR_ACCOUNT
                    ? "; start nats-server with -js, or let this account use JetStream"
                    : "";
            return new EndpointException(what + ": " + api.getErrorDescription() + " (" + code + ")" + hint, e);
        }
        if (e instanceof IOException) {
            return new EndpointException(
                    what + ": no answer (" + e.getMessage() + "); is JetStream on, and may this user use it?", e);
        }
        return new EndpointException(what + ": " + e.getMessage(), e);
    }
}
