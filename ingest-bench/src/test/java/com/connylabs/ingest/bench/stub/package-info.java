@NullMarked
package com.connylabs.ingest.bench.stub;

import org.jspecify.annotations.NullMarked;
