/** Tests of the S3 plugin. */
@NullMarked
package com.connylabs.ingest.s3;

import org.jspecify.annotations.NullMarked;
