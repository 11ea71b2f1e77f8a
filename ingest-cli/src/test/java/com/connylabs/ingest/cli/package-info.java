@NullMarked
package com.connylabs.ingest.cli;

import org.jspecify.annotations.NullMarked;
