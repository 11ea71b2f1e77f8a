/** Tells somebody what was stored. */
@NullMarked
package com.connylabs.ingest.core.webhook;

import org.jspecify.annotations.NullMarked;
