/** The configuration file: reads it, checks it, and says where what is wrong in it. */
@NullMarked
package com.connylabs.ingest.cli.config;

import org.jspecify.annotations.NullMarked;
