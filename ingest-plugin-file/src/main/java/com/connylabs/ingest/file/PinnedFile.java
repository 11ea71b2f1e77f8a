package com.connylabs.ingest.file;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One version of a file. Every read looks at the file's version before and after, so that no two versions are mixed.
 *
 * @param file where it is
 * @param version the version
 */
record PinnedFile(Path file, FileVersion version) {
    /** File systems count time in ticks of up to 10 ms: within a tick two versions may look the same. */
    private static final Duration TICK = Duration.ofMillis(20);

    private static final int MAX_TICKS = 50;

    /** Pins a file as it is; waits until its last change is old enough that the next one will show. */
    static PinnedFile pin(Path file) throws IOException, TransientException, InterruptedException {
        FileVersion version = FileVersion.of(file);
        for (int ticks = 0; isFresh(version); ticks++) {
            if (ticks == MAX_TICKS) {
                throw new TransientException("download " + file + ": somebody writes it all the time");
            }
            Thread.sleep(TICK.toMillis());
            version = FileVersion.of(file);
        }
        return new PinnedFile(file, version);
    }

    private static boolean isFresh(FileVersion version) {
        Duration age = Duration.between(version.lastModified(), Instant.now());
        return age.abs().compareTo(TICK) < 0;
    }

    /** Opens a part of the file. */
    InputStream open(long offset, long length) throws IngestException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, version.size());
        try {
            return openChannel(offset, length);
        } catch (AccessDeniedException e) {
            throw IoErrors.endpoint("download " + file, e);
        } catch (IOException e) {
            IoErrors.stopIfInterrupted("download " + file);
            throw new TransientException("download " + file + ": " + IoErrors.reason(e), e);
        }
    }

    private InputStream openChannel(long offset, long length) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            requireUnchanged();
            channel.position(offset);
            return new PinnedStream(channel, length, this);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void requireUnchanged() throws IOException {
        FileVersion now = FileVersion.of(file);
        if (!now.equals(version)) {
            throw new IOException(file + " was changed while it was read: version " + version + " is " + now + " now");
        }
    }
}
