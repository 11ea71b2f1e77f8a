@NullMarked
package com.connylabs.ingest.api.plugin;

import org.jspecify.annotations.NullMarked;
