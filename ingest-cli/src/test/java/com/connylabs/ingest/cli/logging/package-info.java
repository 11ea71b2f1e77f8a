@NullMarked
package com.connylabs.ingest.cli.logging;

import org.jspecify.annotations.NullMarked;
