@NullMarked
package com.connylabs.ingest.cli.metrics;

import org.jspecify.annotations.NullMarked;
