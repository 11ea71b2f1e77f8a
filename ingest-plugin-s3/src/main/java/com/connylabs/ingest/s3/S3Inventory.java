package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.TransientException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists what a destination has, from its objects or from its markers. Where it has a whole page that nobody asked for, it
 * jumps to what is asked for; where that happens too often, it gives up, because asking for each object is cheaper then.
 */
final class S3Inventory implements Inventory {
    /** A page costs a store and us as much as some dozens of objects that are looked at. */
    private static final int NAMES_A_PAGE = 50;

    private static final int FREE_PAGES = 16;

    /** Reads an object of the listing. */
    interface Reader {
        /** What it says about an element; null if it is about none. */
        @Nullable
        InventoryEntry read(ListedObject object);
    }

    private final S3Connection connection;
    private final String prefix;
    private final Reader reader;
    private @Nullable ObjectListing pages;
    private Iterator<ListedObject> page = Collections.emptyIterator();
    private String lastKey = "";
    private String lastName = "";
    private long asked;
    private long turned;

    /**
     * A listing that has not begun.
     *
     * @param prefix what the keys begin with, before the names of the elements
     */
    S3Inventory(S3Connection connection, String prefix, Reader reader) {
        this.connection = connection;
        this.prefix = prefix;
        this.reader = reader;
    }

    /** {@inheritDoc} A name and the same one with a slash in front stand for one key; it is listed as it is asked for. */
    @Override
    public Optional<InventoryEntry> next(String from) throws IngestException, InterruptedException {
        boolean slash = from.startsWith("/");
        return find(slash ? from.substring(1) : from)
                .map(entry -> slash || entry.name().startsWith("/") ? entry.withName("/" + entry.name()) : entry);
    }

    private Optional<InventoryEntry> find(String from) throws IngestException, InterruptedException {
        asked++;
        if (pages == null) {
            pages = ObjectListing.open(PageRequests.of(connection, prefix), prefix);
        }
        do {
            while (page.hasNext()) {
                InventoryEntry entry = read(page.next());
                if (entry != null && ORDER.compare(entry.name(), from) >= 0) {
                    lastName = entry.name();
                    return Optional.of(entry);
                }
            }
        } while (turn(prefix + from));
        return Optional.empty();
    }

    /**
     * Names of markers come in the order of their keys, which end otherwise: {@code a-1.done} comes before {@code a.done}.
     * Such an {@code a} is passed over.
     */
    private @Nullable InventoryEntry read(ListedObject object) throws TransientException {
        if (!object.key().startsWith(prefix)) {
            throw new TransientException(
                    "the store lists " + S3Uris.encodePath(object.key()) + " below " + connection.name(prefix));
        }
        if (ORDER.compare(object.key(), lastKey) <= 0) {
            throw new TransientException("the store does not list " + connection.name(prefix)
                    + " in the order of the keys' bytes; after " + S3Uris.encodePath(lastKey) + " comes "
                    + S3Uris.encodePath(object.key()));
        }
        lastKey = object.key();
        InventoryEntry entry = reader.read(object);
        return entry != null && ORDER.compare(entry.name(), lastName) > 0 ? entry : null;
    }

    /** Turns to the page that may have a key. False if there is none. */
    private boolean turn(String key) throws IngestException, InterruptedException {
        List<ListedObject> next = nextPage();
        if (next != null && !next.isEmpty() && endsBefore(next, key)) {
            String start = KeyBefore.of(key);
            if (endsBefore(next, start)) {
                lastKey = next.get(next.size() - 1).key();
                close();
                pages = ObjectListing.openAfter(PageRequests.of(connection, prefix), prefix, start);
                next = nextPage();
            }
        }
        page = next == null ? Collections.emptyIterator() : next.iterator();
        return next != null;
    }

    private @Nullable List<ListedObject> nextPage() throws IngestException, InterruptedException {
        List<ListedObject> next = pages == null ? null : pages.next();
        if (next != null && ++turned > FREE_PAGES + asked / NAMES_A_PAGE) {
            throw new TransientException(connection.name(prefix)
                    + " has far more objects than the source, so that listing them takes more than it saves");
        }
        return next;
    }

    private boolean endsBefore(List<ListedObject> keys, String key) {
        return pages != null
                && pages.hasMore()
                && ORDER.compare(keys.get(keys.size() - 1).key(), key) < 0;
    }

    @Override
    public void close() {
        page = Collections.emptyIterator();
        if (pages != null) {
            pages.close();
            pages = null;
        }
    }
}
