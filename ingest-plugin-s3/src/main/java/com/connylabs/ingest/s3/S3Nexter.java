package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists a bucket. */
final class S3Nexter implements Nexter {
    private final S3Connection connection;
    private final String prefix;
    private final boolean recursive;
    private @Nullable ObjectListing pages;
    private Iterator<ListedObject> page = Collections.emptyIterator();

    S3Nexter(S3Connection connection, SourceConfig config) {
        this.connection = connection;
        this.prefix = config.store().prefix();
        this.recursive = config.recursive();
    }

    @Override
    public void reset() throws IngestException, InterruptedException {
        close();
        PageRequests requests = PageRequests.of(connection, prefix);
        pages = recursive ? ObjectListing.open(requests, prefix) : ObjectListing.openLevel(requests, prefix);
    }

    @Override
    public Optional<Codec> next() throws IngestException, InterruptedException {
        do {
            while (page.hasNext()) {
                ListedObject object = page.next();
                if (!isDirectoryMarker(object)) {
                    return Optional.of(element(object));
                }
            }
        } while (nextPage());
        return Optional.empty();
    }

    private boolean nextPage() throws IngestException, InterruptedException {
        List<ListedObject> next = pages == null ? null : pages.next();
        if (next == null) {
            return false;
        }
        page = next.iterator();
        return true;
    }

    @Override
    public void close() {
        page = Collections.emptyIterator();
        if (pages != null) {
            pages.close();
            pages = null;
        }
    }

    private static boolean isDirectoryMarker(ListedObject object) {
        return object.key().endsWith("/") && object.size().orElse(0) == 0;
    }

    private Codec element(ListedObject object) {
        String key = object.key();
        return new Codec(
                key,
                key.startsWith(prefix) ? key.substring(prefix.length()) : key,
                null,
                Versions.of(object.eTag()).orElse(null),
                object.size(),
                object.lastModified());
    }
}
