/** The commands for dead letters, without their command line. */
@NullMarked
package com.connylabs.ingest.cli.letters;

import org.jspecify.annotations.NullMarked;
