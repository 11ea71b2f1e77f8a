@NullMarked
package com.connylabs.ingest.tck;

import org.jspecify.annotations.NullMarked;
