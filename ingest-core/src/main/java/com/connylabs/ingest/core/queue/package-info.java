/** What the queues have in common. */
@NullMarked
package com.connylabs.ingest.core.queue;

import org.jspecify.annotations.NullMarked;
