/** The message format that enqueuers and dequeuers, ours and the Go ones, share. */
@NullMarked
package com.connylabs.ingest.core.wire;

import org.jspecify.annotations.NullMarked;
