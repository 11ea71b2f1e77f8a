/** A proxy that does to connections what networks and overloaded stores do to them. */
@NullMarked
package com.connylabs.ingest.testkit.proxy;

import org.jspecify.annotations.NullMarked;
