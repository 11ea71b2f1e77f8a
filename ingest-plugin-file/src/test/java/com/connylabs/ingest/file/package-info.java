@NullMarked
package com.connylabs.ingest.file;

import org.jspecify.annotations.NullMarked;
