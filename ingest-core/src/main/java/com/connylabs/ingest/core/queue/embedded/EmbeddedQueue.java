package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.queue.Leases;
import com.connylabs.ingest.core.queue.WorkflowName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue in a file, for one machine. Several processes may use it at once; it survives their death and the machine's. The
 * file has to be on a local disk: network file systems do not lock reliably.
 *
 * <p>Delays and ack waits are measured with the machine's clock: setting it back makes them longer.
 *
 * <p>Source: SQLite, "Write-Ahead Logging" and "PRAGMA synchronous".
 */
public final class EmbeddedQueue implements Queue {
    /** The ack wait of a workflow for which none is given. */
    public static final Duration DEFAULT_ACK_WAIT = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(EmbeddedQueue.class);

    private final Database database;
    private final Map<String, Duration> ackWaits;
    private final Signal signal = new Signal();
    private final Leases leases;
    private volatile boolean closed;

    private EmbeddedQueue(Database database, Map<String, Duration> ackWaits, Duration leaseTime) {
        this.database = database;
        this.ackWaits = Map.copyOf(ackWaits);
        this.leases = new Leases(new EmbeddedLeases(database, leaseTime), leaseTime);
    }

    /**
     * Opens the queue; a file that is not there is made.
     *
     * @param file the file; two more appear beside it while it is used
     * @param ackWaits by workflow, how long a message may be worked on without a word before it is delivered again; {@link
     *     #DEFAULT_ACK_WAIT} where there is none
     * @return the queue, which the caller closes
     * @throws IngestException if the file cannot be used; says why
     */
    public static EmbeddedQueue open(Path file, Map<String, Duration> ackWaits) throws IngestException {
        return open(file, ackWaits, Leases.TIME);
    }

    static EmbeddedQueue open(Path file, Map<String, Duration> ackWaits, Duration leaseTime) throws IngestException {
        return new EmbeddedQueue(Database.open(file), ackWaits, leaseTime);
    }

    @Override
    public CompletableFuture<PublishResult> publish(String workflow, String id, byte[] data) {
        WorkflowName.require(workflow);
        byte[] copy = data.clone();
        return database.write("publish " + id, connection -> Messages.insert(connection, workflow, id, copy))
                .whenComplete((result, error) -> signal.give())
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(ofPublish(thrown)));
    }

    /** What is the endpoint's fault may pass, and publishing again is safe. */
    private static Throwable ofPublish(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof EndpointException
                ? new TransientException(String.valueOf(cause.getMessage()), cause)
                : cause;
    }

    @Override
    public Subscription subscribe(String workflow) {
        Duration ackWait = ackWaits.getOrDefault(WorkflowName.require(workflow), DEFAULT_ACK_WAIT);
        return new EmbeddedSubscription(database, signal, workflow, ackWait);
    }

    @Override
    public long outstanding(String workflow) throws IngestException {
        return database.read("count messages", connection -> Messages.count(connection, workflow));
    }

    @Override
    public Optional<Lease> lease(String workflow) throws IngestException, InterruptedException {
        return leases.take(workflow);
    }

    @Override
    public DeadLetters deadLetters() {
        return new EmbeddedDeadLetters(database, signal);
    }

    @Override
    public boolean connected() {
        return fault().isEmpty();
    }

    @Override
    public Optional<String> fault() {
        return closed ? Optional.of("closed") : database.fault();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        leases.close();
        try {
            database.close();
        } catch (SQLException e) {
            log.atWarn().setCause(e).log("queue was not closed in order; it is whole all the same");
        }
    }
}
