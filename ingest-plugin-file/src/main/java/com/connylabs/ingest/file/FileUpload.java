package com.connylabs.ingest.file;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Part;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** An object whose parts are written to their places in a draft. An interrupt of one thread ends the whole upload. */
final class FileUpload implements Upload {
    private static final int BUFFER = 128 << 10;

    private record Extent(long offset, long length) {}

    private final FileDestination destination;
    private final Draft draft;
    private final FileName name;
    private final ObjectAttributes attributes;
    private final FileDestination.Look look;
    private final String what;
    private final Map<Integer, Extent> parts = new ConcurrentSkipListMap<>();

    FileUpload(
            FileDestination destination,
            Draft draft,
            FileName name,
            ObjectAttributes attributes,
            FileDestination.Look look,
            String what) {
        this.destination = destination;
        this.draft = draft;
        this.name = name;
        this.attributes = attributes;
        this.look = look;
        this.what = what;
    }

    @Override
    public void put(Part part) throws IngestException, InterruptedException {
        try (InputStream body = part.open()) {
            byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, part.length()))];
            long position = part.offset();
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                draft.write(ByteBuffer.wrap(buffer, 0, count), position);
                position += count;
            }
            parts.put(part.number(), new Extent(part.offset(), position - part.offset()));
        } catch (ClosedChannelException e) {
            IoErrors.stopIfInterrupted(what);
            throw new TransientException(what + ": the upload was ended while part " + part.number() + " came", e);
        } catch (IOException e) {
            throw IoErrors.endpoint(what, e);
        }
    }

    @Override
    public URI complete(long length) throws IngestException, InterruptedException {
        FileDestination.requireLength(attributes, length, what);
        requireWhole(length);
        try {
            draft.truncate(length);
            return destination.publish(draft, name, attributes, look);
        } catch (IOException e) {
            throw IoErrors.endpoint(what, e);
        }
    }

    /** A hole would be filled with zeros. */
    private void requireWhole(long length) throws TransientException {
        long end = 0;
        for (Extent part : parts.values()) {
            if (part.offset() != end) {
                throw new TransientException(what + ": bytes from " + end + " to " + part.offset() + " are missing");
            }
            end += part.length();
        }
        if (end != length) {
            throw new TransientException(what + ": its parts have " + end + " bytes instead of " + length);
        }
    }

    @Override
    public void close() throws EndpointException {
        try {
            draft.close();
        } catch (IOException e) {
            throw new EndpointException(what + ": cannot remove the unfinished file: " + IoErrors.reason(e), e);
        }
    }
}
