/** Brings one object to several destinations, from one download and in bounded memory. */
@NullMarked
package com.connylabs.ingest.core.copy;

import org.jspecify.annotations.NullMarked;
