/** Shows the whole way of an object, from one S3 server to two buckets on another, with nothing but a JDK and Maven. */
@NullMarked
package com.connylabs.ingest.examples.quickstart;

import org.jspecify.annotations.NullMarked;
