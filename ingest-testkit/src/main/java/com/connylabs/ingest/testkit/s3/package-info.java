/**
 * S3 servers for tests: {@link com.connylabs.ingest.testkit.s3.S3Server} is a real one of somebody else's making in a
 * process of its own.
 */
@NullMarked
package com.connylabs.ingest.testkit.s3;

import org.jspecify.annotations.NullMarked;
