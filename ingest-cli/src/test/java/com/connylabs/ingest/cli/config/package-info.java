@NullMarked
package com.connylabs.ingest.cli.config;

import org.jspecify.annotations.NullMarked;
