package com.connylabs.ingest.file;

import com.connylabs.ingest.api.Inventory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The names in one directory, in the order of their bytes. Where there are more than there is room for, the first of them
 * are kept, and the directory is read again for the next. Used by one thread; nothing is open between its calls.
 */
final class SortedNames {
    private final Path directory;
    private final int room;
    private final Consumer<IOException> failures;
    private List<String> page = List.of();
    private int position;
    private String last = "";
    private boolean more = true;

    /**
     * Names that have not been read.
     *
     * @param room so many are kept at a time
     * @param failures is told of names that are no text
     */
    SortedNames(Path directory, int room, Consumer<IOException> failures) {
        this.directory = directory;
        this.room = room;
        this.failures = failures;
    }

    /** How many names are kept. */
    int held() {
        return page.size();
    }

    /** The next name; null if there is none. */
    @Nullable
    String peek() throws IOException, InterruptedException {
        while (position == page.size() && more) {
            read();
        }
        return position < page.size() ? page.get(position) : null;
    }

    /** Passes over the next name. */
    void take() {
        last = page.get(position);
        position++;
    }

    private void read() throws IOException, InterruptedException {
        boolean first = last.isEmpty();
        page = List.of(); // no room for two
        position = 0;
        NavigableSet<String> kept = new TreeSet<>(Inventory.ORDER); // a name may come twice
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                IoErrors.stopIfInterrupted("list " + directory);
                Path name = entry.getFileName();
                if (isText(name)) {
                    keep(name.toString(), kept);
                } else if (first) {
                    failures.accept(noText(entry));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        more = kept.size() > room;
        page = kept.stream().limit(room).toList();
    }

    /** Keeps the first names, and one more that tells that there are others. */
    private void keep(String name, NavigableSet<String> kept) {
        boolean full = kept.size() > room;
        boolean wanted = !full || Inventory.ORDER.compare(name, kept.last()) < 0;
        if (wanted && Inventory.ORDER.compare(name, last) > 0 && kept.add(name) && full) {
            kept.pollLast();
        }
    }

    /** Whether the name as text leads back to the file; bytes that are no text do not. */
    private static boolean isText(Path name) {
        String text = name.toString();
        try {
            return text.indexOf('\uFFFD') < 0 || name.equals(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static IOException noText(Path entry) {
        return new IOException("the name of " + FileName.quoted(entry.toString()) + " is not in "
                + System.getProperty("sun.jnu.encoding")
                + ", which names of files are in here; rename it, or set LC_ALL=C.UTF-8 if it is in UTF-8");
    }
}
