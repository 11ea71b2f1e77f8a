package com.connylabs.ingest.core.copy;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.ThrottledException;
import com.connylabs.ingest.api.TransientException;
import org.jspecify.annotations.Nullable;

/** An operation failed at the source or at a destination; says at which. */
public final class TargetException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Stands for the source where a destination's name could stand; no destination can be called that. */
    public static final String SOURCE = "(source)";

    private final String endpoint;
    private final String operation;
    private final IngestException failure;

    /**
     * Creates the exception.
     *
     * @param endpoint name of the destination, or {@link #SOURCE}
     * @param operation what was being done, for example {@code stat}
     * @param failure what happened there
     */
    public TargetException(String endpoint, String operation, IngestException failure) {
        super(failure.getMessage(), failure);
        this.operation = requireNonNull(operation, "operation");
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.failure = failure;
    }

    /**
     * Where it failed.
     *
     * @return name of the destination, or {@link #SOURCE}
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * What was being done there.
     *
     * @return for example {@code stat}
     */
    public String operation() {
        return operation;
    }

    /**
     * What happened there.
     *
     * @return the failure, whose type says what to do
     */
    public IngestException failure() {
        return failure;
    }

    /** Of two failures the one that decides what is done next: as long as anything can be hoped for, it is tried again. */
    TargetException orWorse(@Nullable TargetException other) {
        return other != null && rank(other.failure) < rank(failure) ? other : this;
    }

    private static int rank(IngestException failure) {
        if (failure instanceof ThrottledException) {
            return 1; // it takes others; an endpoint that takes nobody comes first
        }
        if (failure instanceof EndpointException) {
            return 0;
        }
        if (failure instanceof ChangedException) {
            return 3; // the others were in order, so it may be tried again at once
        }
        return failure instanceof TransientException ? 2 : 4;
    }
}
