/** Lists a source and puts its elements into the queue. */
@NullMarked
package com.connylabs.ingest.core.enqueue;

import org.jspecify.annotations.NullMarked;
