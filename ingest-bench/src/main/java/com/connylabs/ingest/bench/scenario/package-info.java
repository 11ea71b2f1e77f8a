/** What is measured. */
@NullMarked
package com.connylabs.ingest.bench.scenario;

import org.jspecify.annotations.NullMarked;
