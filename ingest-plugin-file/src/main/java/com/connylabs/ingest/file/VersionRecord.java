package com.connylabs.ingest.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version that a file was copied from, kept in the extended attribute {@code user.ingest.version} of the file itself:
 * it appears and goes with the content, and nothing else has to be tidied up. It names the file's size and time, so that
 * it does not speak for a file that was changed afterwards.
 *
 * <p>Where the file system has no extended attributes there is no record, and the size has to decide.
 */
final class VersionRecord {
    private static final Logger log = LoggerFactory.getLogger(VersionRecord.class);
    private static final String ATTRIBUTE = "ingest.version";

    /** What a record has at the most, as a rule: then it is read at once. */
    private static final int USUAL_BYTES = 512;

    private final AtomicBoolean toldOfMissing = new AtomicBoolean();

    /** Writes the record. The content must not change after that. */
    void write(Path file, String version) throws IOException {
        // Stated, because network file systems set the time of a file when they please.
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        String record = stamp(FileVersion.of(file)) + version;
        try {
            UserDefinedFileAttributeView view = view(file);
            if (view != null) {
                view.write(ATTRIBUTE, StandardCharsets.UTF_8.encode(record));
                return;
            }
            tellOfMissing(file, null);
        } catch (IOException e) {
            tellOfMissing(file, e);
        }
    }

    private void tellOfMissing(Path file, @Nullable IOException cause) {
        if (toldOfMissing.compareAndSet(false, true)) {
            log.atWarn()
                    .addKeyValue("directory", file.getParent())
                    .setCause(cause)
                    .log("no version can be kept with the file; a change that keeps the size is not noticed");
        }
    }

    /**
     * The version that a file was copied from; empty if there is no record. Of a file that was changed afterwards, it is
     * a version that no source has.
     */
    Optional<String> read(Path file) {
        return read(file, () -> stamp(FileVersion.of(file)));
    }

    /**
     * The same, of a file that was looked at just now.
     *
     * @param attributes what was seen
     */
    Optional<String> read(Path file, BasicFileAttributes attributes) {
        long nanos = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return read(file, () -> stamp(attributes.size(), nanos));
    }

    private interface Stamp {
        String now() throws IOException;
    }

    private static Optional<String> read(Path file, Stamp stamp) {
        try {
            String record = record(file);
            if (record == null) {
                return Optional.empty();
            }
            String now = stamp.now();
            return Optional.of(record.startsWith(now) ? record.substring(now.length()) : "changed after " + record);
        } catch (IOException e) {
            log.atDebug().addKeyValue("file", file).setCause(e).log("no record can be read");
            return Optional.empty();
        }
    }

    private static @Nullable String record(Path file) throws IOException {
        UserDefinedFileAttributeView view = view(file);
        if (view == null) {
            return null;
        }
        try {
            return record(view, USUAL_BYTES);
        } catch (FileSystemException e) { // there is none, or a longer one
            return view.list().contains(ATTRIBUTE) ? record(view, view.size(ATTRIBUTE)) : null;
        }
    }

    private static String record(UserDefinedFileAttributeView view, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        view.read(ATTRIBUTE, bytes);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static @Nullable UserDefinedFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    }

    /** Not the file's number, which a restored backup changes. */
    private static String stamp(long size, long nanos) {
        return size + " " + nanos + " ";
    }

    private static String stamp(FileVersion file) {
        return stamp(file.size(), file.nanos());
    }
}
