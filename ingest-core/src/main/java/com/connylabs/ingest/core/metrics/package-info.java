/** What the engine counts, without saying how it is shown. */
@NullMarked
package com.connylabs.ingest.core.metrics;

import org.jspecify.annotations.NullMarked;
