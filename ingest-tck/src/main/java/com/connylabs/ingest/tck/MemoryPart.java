package com.connylabs.ingest.tck;

import com.connylabs.ingest.api.Part;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A part in memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MemoryPart(int number, long offset, byte[] bytes) implements Part {
    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
