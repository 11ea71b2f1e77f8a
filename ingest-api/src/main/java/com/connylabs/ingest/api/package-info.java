/**
 * The contracts that the parts of ingest have with each other, and the values that pass between them.
 *
 * <p>A source lists its elements with a {@link com.connylabs.ingest.api.Nexter} and hands them out with a
 * {@link com.connylabs.ingest.api.Client}; an {@link com.connylabs.ingest.api.Enqueuer} puts what was listed into a
 * {@link com.connylabs.ingest.api.Queue}; a {@link com.connylabs.ingest.api.Dequeuer} takes it from there and puts each
 * object into one or more {@link com.connylabs.ingest.api.Storage}s.
 *
 * <p>Names follow the Go original, <code>connylabs/ingest</code>. Its <code>Object</code> is {@link
 * com.connylabs.ingest.api.IngestObject} here, because a class named <code>Object</code> hides {@link java.lang.Object}
 * wherever it is imported.
 *
 * <p>Errors say what to do: {@link com.connylabs.ingest.api.TransientException} (try this element again), {@link
 * com.connylabs.ingest.api.EndpointException} (the whole endpoint is at fault: wait, then try again), {@link
 * com.connylabs.ingest.api.ThrottledException} (less at a time), {@link com.connylabs.ingest.api.PermanentException}
 * (trying again does not help). Absence is an {@link java.util.Optional}, never an exception. Nothing is null unless it
 * says so.
 */
@NullMarked
package com.connylabs.ingest.api;

import org.jspecify.annotations.NullMarked;
