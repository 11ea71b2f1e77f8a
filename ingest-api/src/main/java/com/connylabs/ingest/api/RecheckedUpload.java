package com.connylabs.ingest.api;

import java.net.URI;

/** An upload to a storage that knows no conditions: looks again before it completes. */
final class RecheckedUpload implements Upload {
    private final Upload upload;
    private final Storage storage;
    private final Codec element;
    private final Sighting seen;

    RecheckedUpload(Upload upload, Storage storage, Codec element, Sighting seen) {
        this.upload = upload;
        this.storage = storage;
        this.element = element;
        this.seen = seen;
    }

    @Override
    public void put(Part part) throws IngestException, InterruptedException {
        upload.put(part);
    }

    @Override
    public URI complete(long length) throws IngestException, InterruptedException {
        seen.requireUnchanged(element, storage.stat(element));
        return upload.complete(length);
    }

    @Override
    public void close() throws IngestException {
        upload.close();
    }
}
