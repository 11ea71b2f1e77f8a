/** Many bad inputs, made from seeds. */
@NullMarked
package com.connylabs.ingest.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
