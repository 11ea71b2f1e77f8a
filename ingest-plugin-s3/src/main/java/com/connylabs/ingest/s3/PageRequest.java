package com.connylabs.ingest.s3;

import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of a listing, as ListObjectsV2 takes it.
 *
 * @param prefix what the keys begin with
 * @param delimiter behind what is named only up to it
 * @param startAfter the key after which the listing begins
 * @param token how to go on after the page before
 * @param most keys of a page, unless the store decides
 */
record PageRequest(
        String prefix,
        @Nullable String delimiter,
        @Nullable String startAfter,
        @Nullable String token,
        OptionalInt most) {

    /** The first page of everything that begins with a prefix. */
    static PageRequest everything(String prefix) {
        return new PageRequest(prefix, null, null, null, OptionalInt.empty());
    }

    /** The first page of that; what has a slash after the prefix is named only up to that. */
    static PageRequest level(String prefix) {
        return new PageRequest(prefix, "/", null, null, OptionalInt.empty());
    }

    /** The same, from behind a key on. */
    PageRequest behind(String key) {
        return new PageRequest(prefix, delimiter, key, token, most);
    }

    /** The page that a page names as the next one. */
    PageRequest following(String next) {
        return new PageRequest(prefix, delimiter, startAfter, next, most);
    }

    /** A page of so many keys. */
    PageRequest ofMost(int keys) {
        return new PageRequest(prefix, delimiter, startAfter, token, OptionalInt.of(keys));
    }

    /** As parameters of a request. */
    NavigableMap<String, String> parameters() {
        NavigableMap<String, String> parameters = new TreeMap<>();
        parameters.put("list-type", "2");
        parameters.put("encoding-type", "url"); // XML cannot hold every character of a key
        parameters.put("prefix", prefix);
        put(parameters, "delimiter", delimiter);
        put(parameters, "start-after", startAfter);
        put(parameters, "continuation-token", token);
        most.ifPresent(keys -> parameters.put("max-keys", Integer.toString(keys)));
        return parameters;
    }

    private static void put(NavigableMap<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
