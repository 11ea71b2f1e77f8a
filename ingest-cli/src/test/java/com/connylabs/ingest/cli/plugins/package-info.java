@NullMarked
package com.connylabs.ingest.cli.plugins;

import org.jspecify.annotations.NullMarked;
