package com.connylabs.ingest.cli.plugins;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * Says whether a destination stores where a source lists: then what was copied would be listed and copied again, and a
 * clean-up could remove the copy.
 */
final class Overlap {
    private Overlap() {}

    /** Whether one location is the same as the other or lies in it. */
    static boolean between(URI source, URI destination) {
        if (source.getPath() == null || destination.getPath() == null || !sameServer(source, destination)) {
            return false;
        }
        String listed = isPrefix(source) ? source.getPath() : directory(source.getPath());
        String stored = directory(destination.getPath());
        return listed.startsWith(stored) || stored.startsWith(listed);
    }

    private static boolean sameServer(URI a, URI b) {
        return String.valueOf(a.getScheme()).equalsIgnoreCase(String.valueOf(b.getScheme()))
                && Objects.equals(authority(a), authority(b));
    }

    private static String authority(URI location) {
        return String.valueOf(location.getRawAuthority()).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the last part of a source's path need not be whole: an object store lists every key that begins with
     * {@code bucket/pre}. A bucket's own name and a directory's are whole.
     */
    private static boolean isPrefix(URI source) {
        return !"file".equalsIgnoreCase(source.getScheme()) && source.getPath().indexOf('/', 1) > 0;
    }

    private static String directory(String path) {
        return path.endsWith("/") ? path : path + "/";
    }
}
