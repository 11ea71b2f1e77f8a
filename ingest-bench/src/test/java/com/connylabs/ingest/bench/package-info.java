@NullMarked
package com.connylabs.ingest.bench;

import org.jspecify.annotations.NullMarked;
