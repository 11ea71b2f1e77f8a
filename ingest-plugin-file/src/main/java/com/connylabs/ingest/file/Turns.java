package com.connylabs.ingest.file;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Locks for names, the same for all that a file system may take for one. Others seldom have the same lock. */
final class Turns {
    private static final int LOCKS = 256;

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    ReentrantLock of(Path file) {
        return locks.get(Math.floorMod(Spelling.folded(file.toString()).hashCode(), LOCKS));
    }
}
