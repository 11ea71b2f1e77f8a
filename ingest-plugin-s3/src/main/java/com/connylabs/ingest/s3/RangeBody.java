package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A whole object, read from its start as often as whoever sends it wants it. Used by one thread. */
final class RangeBody implements ContentStreamProvider, AutoCloseable {
    private final RangeReader ranges;
    private final long length;
    private InputStream open = InputStream.nullInputStream();

    RangeBody(RangeReader ranges, long length) {
        this.ranges = ranges;
        this.length = length;
    }

    @Override
    public InputStream newStream() {
        try {
            open.close();
            open = ranges.open(0, length);
            return open;
        } catch (IngestException e) {
            throw new BodyException(e);
        } catch (IOException e) {
            throw new BodyException(new TransientException("the object cannot be read again: " + e, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
