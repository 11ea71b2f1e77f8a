package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.Nexter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shorthands for tests. */
final class Sources {
    private Sources() {}

    static List<Codec> list(S3Source source) throws Exception {
        List<Codec> elements = new ArrayList<>();
        try (Nexter nexter = source.nexter()) {
            nexter.reset();
            for (Optional<Codec> next = nexter.next(); next.isPresent(); next = nexter.next()) {
                elements.add(next.get());
            }
        }
        return elements;
    }

    static List<String> names(S3Source source) throws Exception {
        return list(source).stream().map(Codec::name).toList();
    }
}
