/**
 * S3 as source and destination, on the AWS SDK for Java 2. {@link com.connylabs.ingest.s3.S3Plugin} is the way in.
 */
@NullMarked
package com.connylabs.ingest.s3;

import org.jspecify.annotations.NullMarked;
