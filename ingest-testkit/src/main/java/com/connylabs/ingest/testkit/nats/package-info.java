/** A real nats-server for tests. */
@NullMarked
package com.connylabs.ingest.testkit.nats;

import org.jspecify.annotations.NullMarked;
