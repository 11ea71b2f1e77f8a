package com.connylabs.ingest.api.plugin;

import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import java.net.URI;

/**
 * A configured source: what it has, and how to get it. Safe to use from many threads; made once however many workflows
 * use it.
 *
 * <p>Source: connylabs/ingest, plugin/plugin.go, Source.
 */
public interface Source extends Client, AutoCloseable {
    /**
     * A listing of its own, which shares no state with other listings.
     *
     * @return a new Nexter, which the caller closes
     */
    Nexter nexter();

    /**
     * Tries the connection: the endpoint answers, the credentials are accepted, the bucket is there. Touches no object.
     *
     * @throws IngestException if the source cannot be used as it is configured, and why
     * @throws InterruptedException if the thread was interrupted
     */
    void check() throws IngestException, InterruptedException;

    /**
     * Where the objects are, for people and for comparing sources with destinations. Holds no secret.
     *
     * @return for example {@code s3://s3.example.com/bucket/prefix} or {@code file:///data/}
     */
    URI location();

    /** Closes connections and ends threads. Safe to call twice. */
    @Override
    void close();
}
