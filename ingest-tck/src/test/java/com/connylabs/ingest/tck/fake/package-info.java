@NullMarked
package com.connylabs.ingest.tck.fake;

import org.jspecify.annotations.NullMarked;
