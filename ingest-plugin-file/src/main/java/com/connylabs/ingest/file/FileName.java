package com.connylabs.ingest.file;

import com.connylabs.ingest.api.PermanentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name that is a path below a root: no segment is empty, leads elsewhere, or is ours.
 *
 * @param directories the segments before the last
 * @param file the last segment
 */
record FileName(List<String> directories, String file) {
    /** Where files are written before they get their name; nobody else's name. */
    static final String RESERVED = ".ingest";

    private static final int MAX_SEGMENT_BYTES = 255;
    private static final int MAX_PATH_BYTES = System.getProperty("os.name").startsWith("Mac") ? 1023 : 4095;

    static FileName parse(String name) throws PermanentException {
        List<String> segments = new ArrayList<>(List.of(name.split("/", -1)));
        for (String segment : segments) {
            String problem = problem(name, segment);
            if (problem != null) {
                throw new PermanentException(quoted(name) + " cannot be the name of a file: " + problem);
            }
        }
        String file = segments.remove(segments.size() - 1);
        return new FileName(List.copyOf(segments), file);
    }

    /** Expects that the system can open the file by its path. */
    void requireShortBelow(Path root) throws PermanentException {
        String path = root + "/" + String.join("/", directories) + "/" + file;
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new PermanentException(quoted(file) + " cannot be stored below " + root + ": its path is longer than "
                    + MAX_PATH_BYTES + " bytes");
        }
    }

    private static @Nullable String problem(String name, String segment) {
        if (segment.isEmpty()) {
            return name.isEmpty()
                    ? "it is empty"
                    : "a segment is empty, at the start, at the end or between two slashes";
        }
        if (segment.equals(".") || segment.equals("..")) {
            return "the segment \"" + segment + "\" leads elsewhere";
        }
        if (segment.equalsIgnoreCase(RESERVED)) {
            return "\"" + RESERVED + "\" is kept for files that are being written";
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
            return "a segment is longer than " + MAX_SEGMENT_BYTES + " bytes";
        }
        return isOneElement(segment)
                ? null
                : "this system cannot write it (the names of files are in " + System.getProperty("sun.jnu.encoding")
                        + " here; LC_ALL=C.UTF-8 makes that UTF-8)";
    }

    /** Whether the file system takes the segment as it is: not as two, and with every character. */
    private static boolean isOneElement(String segment) {
        FileSystem system = FileSystems.getDefault();
        try {
            Path path = system.getPath(segment);
            return !path.isAbsolute()
                    && path.getNameCount() == 1
                    && path.toString().equals(segment);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A name for messages: on one line, and not too long. */
    static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().limit(200).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append(name.length() > 200 ? "…\"" : "\"").toString();
    }
}
