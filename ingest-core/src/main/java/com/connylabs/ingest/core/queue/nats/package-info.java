/**
 * The queue on NATS JetStream. Nothing else in ingest knows of NATS.
 *
 * <p>A stream of ours has a subject for every element, on which there is room for one message: that is what keeps an
 * element from being queued twice. A stream of the Go original's has one subject a workflow and is used as it is.
 */
@NullMarked
package com.connylabs.ingest.core.queue.nats;

import org.jspecify.annotations.NullMarked;
