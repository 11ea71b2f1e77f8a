/**
 * S3 as source and destination, on the AWS SDK for Java 2, but for the requests that each object takes, which are signed and
 * sent without its client. {@link com.connylabs.ingest.s3.S3Plugin} is the way in.
 */
@NullMarked
package com.connylabs.ingest.s3;

import org.jspecify.annotations.NullMarked;
