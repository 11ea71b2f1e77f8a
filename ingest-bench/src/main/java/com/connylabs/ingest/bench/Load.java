package com.connylabs.ingest.bench;

/**
 * Objects to copy.
 *
 * @param count how many
 * @param size of each, in bytes
 * @param inParts whether they came in parts, and so have an ETag that is no MD5
 */
public record Load(int count, long size, boolean inParts) {
    private static final double MIB = 1 << 20;

    double mebibytes() {
        return count * (size / MIB);
    }

    /** Fills the source, with a name that no earlier load had. */
    void fill(Route route, String name) {
        if (inParts) {
            route.source().fillInParts(route.bucket(), name, count, size);
        } else {
            route.source().fill(route.bucket(), name, count, size);
            route.destinations().forEach(stub -> stub.expect(name, count, size));
        }
    }
}
