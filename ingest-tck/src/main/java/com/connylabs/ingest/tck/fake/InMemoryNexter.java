package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/** Lists what is in memory. Used by one thread. */
final class InMemoryNexter implements Nexter {
    private final Calls calls;
    private final Supplier<Iterator<Codec>> listing;
    private Iterator<Codec> rest = Collections.emptyIterator();

    InMemoryNexter(Calls calls, Supplier<Iterator<Codec>> listing) {
        this.calls = calls;
        this.listing = listing;
    }

    @Override
    public void reset() throws IngestException, InterruptedException {
        calls.before(Operation.RESET, "");
        rest = listing.get();
    }

    @Override
    public Optional<Codec> next() throws IngestException, InterruptedException {
        if (!rest.hasNext()) {
            return Optional.empty();
        }
        Codec element = rest.next();
        calls.before(Operation.NEXT, element.name());
        return Optional.of(element);
    }
}
