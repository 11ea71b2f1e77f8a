/** What happens, as numbers: for Prometheus under the names of the Go original, and for the summary of a run. */
@NullMarked
package com.connylabs.ingest.cli.metrics;

import org.jspecify.annotations.NullMarked;
