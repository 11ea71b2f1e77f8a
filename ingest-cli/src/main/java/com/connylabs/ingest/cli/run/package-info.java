/** Runs the workflows: connects, lists, copies, reports, stops. */
@NullMarked
package com.connylabs.ingest.cli.run;

import org.jspecify.annotations.NullMarked;
