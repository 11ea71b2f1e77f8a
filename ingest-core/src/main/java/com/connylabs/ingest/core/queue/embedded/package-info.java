/** A queue in a file, for one machine: SQLite, used by several processes at once. */
@NullMarked
package com.connylabs.ingest.core.queue.embedded;

import org.jspecify.annotations.NullMarked;
