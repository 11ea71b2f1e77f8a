/** Methods that profiles have named, each alone; those of the plugin are in its own package. */
@NullMarked
package com.connylabs.ingest.bench.hot;

import org.jspecify.annotations.NullMarked;
