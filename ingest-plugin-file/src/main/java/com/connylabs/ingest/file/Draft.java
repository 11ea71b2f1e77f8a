package com.connylabs.ingest.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** A file that is being written and has no name yet. Closing removes it unless it got one. */
final class Draft implements AutoCloseable {
    /**
     * How much is written before it is brought to the disk. The system would collect gigabytes, which then take minutes at
     * the end, in which nothing moves; of several files on a slow disk each has only a part of its speed.
     */
    private static final long MOST_UNFORCED = 64 << 20;

    private final Path path;
    private final FileChannel channel;
    private final AtomicLong unforced = new AtomicLong();

    /**
     * A draft in a file that was made for it.
     *
     * @param channel writes the file; it is closed here
     */
    Draft(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes the file. */
    static Draft create(Path path) throws IOException {
        return new Draft(path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    Path path() {
        return path;
    }

    /** Writes bytes to their place, and waits for the disk now and then. Safe to use from many threads. */
    void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        if (unforced.addAndGet(at - position) >= MOST_UNFORCED) {
            force();
        }
    }

    /** Who comes while another one does it waits, so that no more is written meanwhile. */
    private synchronized void force() throws IOException {
        long written = unforced.get();
        if (written >= MOST_UNFORCED) {
            channel.force(false);
            unforced.addAndGet(-written);
        }
    }

    void truncate(long length) throws IOException {
        channel.truncate(length);
    }

    /** Brings everything to the disk, attributes included. */
    void sync() throws IOException {
        channel.force(true);
        channel.close();
    }

    /** Gives it its name, in place of what has that name. */
    void moveTo(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
