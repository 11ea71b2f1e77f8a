/** The internal HTTP server: metrics, liveness, readiness. */
@NullMarked
package com.connylabs.ingest.cli.http;

import org.jspecify.annotations.NullMarked;
