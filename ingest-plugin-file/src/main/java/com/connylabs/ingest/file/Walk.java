package com.connylabs.ingest.file;

import com.connylabs.ingest.api.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through everything below a directory but the directories, in the order of the whole names' bytes in UTF-8. Links
 * are not followed. What {@link FileName#RESERVED} holds is left out. Used by one thread; nothing is open between its calls.
 *
 * <p>In memory are names of what is in the directory where it is, and in those above it. Of wider directories than there
 * is room for, a part.
 */
final class Walk {
    /** About so many names are in memory, of 80 bytes as a rule. */
    static final int NAMES = 200_000;

    /** Every directory has room for so many, however deep it is. */
    private static final int FEWEST = 64;

    private static final Logger log = LoggerFactory.getLogger(Walk.class);

    /**
     * What is no directory.
     *
     * @param name its path below the top
     * @param path where it is
     * @param attributes its own, if it is a link
     */
    record Entry(String name, Path path, BasicFileAttributes attributes) {}

    private final Path top;
    private final int room;
    private final Consumer<IOException> failures;
    private final Deque<WalkLevel> levels = new ArrayDeque<>();

    /**
     * Begins.
     *
     * @param top the directory, free of symbolic links
     * @param room about how many names to keep
     * @param failures is told of what cannot be read; the walk goes on behind it
     */
    Walk(Path top, int room, Consumer<IOException> failures) {
        this.top = top;
        this.room = room;
        this.failures = failures;
        descend(top, "");
    }

    /**
     * The next entry; null if there is none.
     *
     * @param from names before this one are passed over, whole directories without being read
     */
    @Nullable
    Entry next(String from) throws InterruptedException {
        while (!levels.isEmpty()) {
            IoErrors.stopIfInterrupted("list " + top);
            WalkLevel level = levels.element();
            String name = next(level);
            if (name == null) {
                levels.remove();
            } else if (name.endsWith("/")) {
                descend(level, name, from);
            } else {
                Entry entry = passedOver(level.prefix() + name, from) ? null : look(level, name);
                if (entry != null && Inventory.ORDER.compare(entry.name(), from) >= 0) {
                    return entry;
                }
            }
        }
        return null;
    }

    /** Whether a name comes before another, and all that begin with it do. */
    private static boolean passedOver(String name, String from) {
        return Inventory.ORDER.compare(name, from) < 0 && !from.startsWith(name);
    }

    private @Nullable String next(WalkLevel level) throws InterruptedException {
        try {
            return level.next();
        } catch (NoSuchFileException | NotDirectoryException e) {
            log.atDebug().setCause(e).log("a directory was gone before it was listed");
        } catch (IOException e) {
            failures.accept(e);
        }
        return null;
    }

    private @Nullable Entry look(WalkLevel level, String name) {
        if (name.equalsIgnoreCase(FileName.RESERVED)) {
            return null;
        }
        try {
            Path path = level.path(name);
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory()) {
                return new Entry(level.prefix() + name, path, attributes);
            }
            level.isDirectory(name);
        } catch (NoSuchFileException e) {
            log.atTrace().setCause(e).log("gone since its directory was read");
        } catch (IOException e) {
            failures.accept(e);
        }
        return null;
    }

    private void descend(WalkLevel level, String name, String from) {
        String prefix = level.prefix() + name;
        if (!passedOver(prefix, from)) {
            descend(level.path(name.substring(0, name.length() - 1)), prefix);
        }
    }

    /** Half of the room that is left, so that the directories below have some, too. */
    private void descend(Path directory, String prefix) {
        int most = Math.max(FEWEST, (room - held()) / 2);
        levels.push(new WalkLevel(directory, prefix, new SortedNames(directory, most, failures)));
    }

    /** How many names are in memory. */
    int held() {
        return levels.stream().mapToInt(WalkLevel::held).sum();
    }
}
