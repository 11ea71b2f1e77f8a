/** Where the log goes and how it looks. */
@NullMarked
package com.connylabs.ingest.cli.logging;

import org.jspecify.annotations.NullMarked;
