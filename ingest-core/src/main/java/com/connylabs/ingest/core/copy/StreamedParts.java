package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.IngestException;
import java.util.Optional;

/** Parts of a body that can be read once only: one at a time, while the destinations send the one before. */
final class StreamedParts implements PartSource {
    private final PartReader reader;
    private final PartBuffers buffers;
    private final int size;

    StreamedParts(PartReader reader, PartBuffers buffers, int size) {
        this.reader = reader;
        this.buffers = buffers;
        this.size = size;
    }

    @Override
    public Optional<Filled> next() throws IngestException, InterruptedException {
        if (reader.ended()) {
            return Optional.empty();
        }
        byte[] buffer = buffers.acquire(size);
        boolean filled = false;
        try {
            int length = reader.fill(buffer);
            filled = true;
            return Optional.of(new Filled(buffer, length));
        } finally {
            if (!filled) {
                buffers.release(buffer);
            }
        }
    }

    @Override
    public long length() {
        return reader.length();
    }

    @Override
    public void close() {}
}
