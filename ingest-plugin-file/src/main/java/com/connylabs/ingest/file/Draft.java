package com.connylabs.ingest.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is being written and has no name yet. Closing removes it unless it got one. */
final class Draft implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    Draft(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    Path path() {
        return path;
    }

    /** Writes bytes to their place. Safe to use from many threads. */
    void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
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
