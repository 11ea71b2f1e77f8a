/** Takes elements from the queue and copies them to their destinations. */
@NullMarked
package com.connylabs.ingest.core.dequeue;

import org.jspecify.annotations.NullMarked;
