/** What several parts of the engine need. */
@NullMarked
package com.connylabs.ingest.core;

import org.jspecify.annotations.NullMarked;
