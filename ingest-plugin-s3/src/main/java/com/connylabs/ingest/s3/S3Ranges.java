package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.TransientException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads parts of one version of an object, pinned with If-Match. */
final class S3Ranges implements RangeReader {
    private final S3Connection connection;
    private final String key;
    private final String version;
    private final long objectLength;

    S3Ranges(S3Connection connection, String key, String version, long objectLength) {
        this.connection = connection;
        this.key = key;
        this.version = version;
        this.objectLength = objectLength;
    }

    @Override
    public InputStream open(long offset, long length) throws IngestException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, objectLength);
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        String what = "download " + length + " bytes from " + offset + " of " + connection.name(key);
        Map<String, String> headers =
                Map.of("if-match", Versions.eTag(version), "range", "bytes=" + offset + "-" + (offset + length - 1));
        ObjectAnswer answer = connection
                .find(what, requests -> requests.get(key, headers))
                .orElseThrow(() -> new TransientException(what + ": the object is gone"));
        boolean same = Versions.of(answer.eTag()).equals(Optional.of(version));
        boolean exact = answer.length().equals(OptionalLong.of(length));
        if (!same || !exact) {
            answer.abort();
            throw new TransientException(
                    what + (same ? ": the store sent another part than that" : ": the object has changed"));
        }
        return new S3Body(answer, length, what);
    }
}
