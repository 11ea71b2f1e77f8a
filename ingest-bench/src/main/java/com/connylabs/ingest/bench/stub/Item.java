package com.connylabs.ingest.bench.stub;

import java.util.List;

/**
 * An object, or a part of one, without its bytes.
 *
 * @param eTag without quotes
 * @param size bytes
 * @param phase where in the content it begins, or {@link Content#UNKNOWN}
 * @param headers lines that came with it and go out with it
 * @param modified milliseconds since the epoch
 */
record Item(String eTag, long size, int phase, List<String> headers, long modified) {}
