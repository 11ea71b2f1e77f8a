package com.connylabs.ingest.s3;

import java.util.ArrayList;
import java.util.List;

/** Shorthands for tests. */
final class ObjectListings {
    private ObjectListings() {}

    /** What a listing gives. */
    static List<ListedObject> all(ListedKeys store, String prefix) throws Exception {
        List<ListedObject> objects = new ArrayList<>();
        try (ObjectListing listing = ObjectListing.open(store.asked(), prefix)) {
            for (List<ListedObject> page = listing.next(); page != null; page = listing.next()) {
                objects.addAll(page);
            }
        }
        return objects;
    }

    /** How many pages one takes that is read one page after the other. */
    static int pages(ListedKeys store, String prefix) throws Exception {
        int pages = 0;
        PageRequests requests = store.asked();
        try (ObjectPages flat = ObjectPages.open(requests, PageRequest.everything(prefix))) {
            while (flat.next() != null) {
                pages++;
            }
        }
        return pages;
    }
}
