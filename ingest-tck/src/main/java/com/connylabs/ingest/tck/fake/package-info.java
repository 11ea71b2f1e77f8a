/**
 * A source, destinations and a queue that live in memory, for tests of what uses them. They pass the contract tests of
 * this module, can be made to fail through a {@link com.connylabs.ingest.tck.fake.Hook}, and count their calls.
 */
@NullMarked
package com.connylabs.ingest.tck.fake;

import org.jspecify.annotations.NullMarked;
