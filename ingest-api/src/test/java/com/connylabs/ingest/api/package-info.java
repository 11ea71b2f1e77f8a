@NullMarked
package com.connylabs.ingest.api;

import org.jspecify.annotations.NullMarked;
