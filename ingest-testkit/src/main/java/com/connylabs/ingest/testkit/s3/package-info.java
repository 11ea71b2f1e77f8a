/**
 * S3 servers for tests: {@link com.connylabs.ingest.testkit.s3.S3Server} is a real one of somebody else's making in a
 * process of its own; {@link com.connylabs.ingest.testkit.s3.S3Stub} is our own, for keys that no small server takes,
 * for counting requests and for faults.
 */
@NullMarked
package com.connylabs.ingest.testkit.s3;

import org.jspecify.annotations.NullMarked;
