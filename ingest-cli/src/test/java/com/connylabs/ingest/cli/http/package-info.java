@NullMarked
package com.connylabs.ingest.cli.http;

import org.jspecify.annotations.NullMarked;
