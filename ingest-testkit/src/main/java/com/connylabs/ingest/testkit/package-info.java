/** Real processes for tests, and the means to wait for them. */
@NullMarked
package com.connylabs.ingest.testkit;

import org.jspecify.annotations.NullMarked;
