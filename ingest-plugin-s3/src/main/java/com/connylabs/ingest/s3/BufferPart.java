package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Part;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A part in a buffer, which must not change while it is sent. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BufferPart(int number, long offset, byte[] buffer, int filled) implements Part {
    @Override
    public long length() {
        return filled;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(buffer, 0, filled);
    }
}
