/** Methods of the plugin that profiles have named, each alone: in its package, because they are nobody else's business. */
@NullMarked
package com.connylabs.ingest.s3;

import org.jspecify.annotations.NullMarked;
