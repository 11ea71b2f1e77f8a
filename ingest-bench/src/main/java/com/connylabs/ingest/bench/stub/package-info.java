/** An S3 server that costs next to nothing, in a process of its own. */
@NullMarked
package com.connylabs.ingest.bench.stub;

import org.jspecify.annotations.NullMarked;
