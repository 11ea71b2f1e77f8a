package com.connylabs.ingest.it.chaos;

import java.util.Locale;

/** The two workflows of a run. They share the source's bucket and those of the destinations, under prefixes. */
enum Flow {
    /** Leaves the source as it is, and writes markers in the first destination. */
    KEEP,
    /** Removes from the source what is in all destinations. */
    CLEAN;

    String workflow() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of the keys, at the source and in the destinations. */
    String prefix() {
        return workflow() + "/";
    }

    static Flow of(String key) {
        return key.startsWith(KEEP.prefix()) ? KEEP : CLEAN;
    }
}
