/** What the program is compared with, as far as it is written here: each a process of its own. */
@NullMarked
package com.connylabs.ingest.bench.peer;

import org.jspecify.annotations.NullMarked;
