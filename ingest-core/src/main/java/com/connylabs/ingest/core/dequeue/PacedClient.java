package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.RangeReader;
import java.io.InputStream;
import java.util.Optional;

/** A source that is asked and read no faster than the limits of the workflow allow. */
final class PacedClient implements Client {
    private final Client source;
    private final Pace requests;
    private final Pace bytes;

    private PacedClient(Client source, Pace requests, Pace bytes) {
        this.source = source;
        this.requests = requests;
        this.bytes = bytes;
    }

    static Client of(Client source, Pace requests, Pace bytes) {
        return requests.unlimited() && bytes.unlimited() ? source : new PacedClient(source, requests, bytes);
    }

    @Override
    public Optional<IngestObject> download(Codec element) throws IngestException, InterruptedException {
        requests.take(1);
        return source.download(element).map(this::paced);
    }

    private IngestObject paced(IngestObject object) {
        InputStream body = new PacedStream(object.body(), bytes);
        Optional<RangeReader> ranges = object.ranges();
        return ranges.isEmpty()
                ? IngestObject.of(object.attributes(), body)
                : IngestObject.of(object.attributes(), body, (offset, length) -> {
                    requests.take(1);
                    return new PacedStream(ranges.get().open(offset, length), bytes);
                });
    }

    @Override
    public CleanUpResult cleanUp(Codec element) throws IngestException, InterruptedException {
        requests.take(1);
        return source.cleanUp(element);
    }
}
