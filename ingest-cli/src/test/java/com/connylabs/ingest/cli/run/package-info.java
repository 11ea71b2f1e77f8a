@NullMarked
package com.connylabs.ingest.cli.run;

import org.jspecify.annotations.NullMarked;
