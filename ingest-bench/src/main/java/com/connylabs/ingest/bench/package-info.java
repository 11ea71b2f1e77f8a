/** Measures the program against its peers: see docs/performance.md. */
@NullMarked
package com.connylabs.ingest.bench;

import org.jspecify.annotations.NullMarked;
