package com.connylabs.ingest.file;

import com.connylabs.ingest.api.Inventory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One directory of a {@link Walk}. What is below a directory in it has names that go on with a slash, which others may come
 * before: after the directory {@code a} comes {@code a-b}, and then {@code a/c}. So it waits for its turn.
 */
final class WalkLevel {
    private final Path directory;
    private final String prefix;
    private final SortedNames names;

    /** Each begins with the one behind it: only such names come between a directory and what is below it. */
    private final Deque<String> waiting = new ArrayDeque<>();

    /**
     * A directory.
     *
     * @param prefix what the names of all that is below it begin with
     * @param names of what is in it
     */
    WalkLevel(Path directory, String prefix, SortedNames names) {
        this.directory = directory;
        this.prefix = prefix;
        this.names = names;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    String prefix() {
        return prefix;
    }

    int held() {
        return names.held();
    }

    /** The next name, with a slash at its end if it is that of a directory whose turn has come; null after the last. */
    @Nullable
    String next() throws IOException, InterruptedException {
        String name = names.peek();
        String directoryName = waiting.peek();
        if (directoryName != null && (name == null || Inventory.ORDER.compare(directoryName, name) < 0)) {
            return waiting.pop();
        }
        if (name != null) {
            names.take();
        }
        return name;
    }

    /** A name that came was that of a directory. */
    void isDirectory(String name) {
        waiting.push(name + "/");
    }
}
