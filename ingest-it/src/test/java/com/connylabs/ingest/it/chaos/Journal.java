package com.connylabs.ingest.it.chaos;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** What happened when, line by line, for whoever has to find out why a run failed. Safe to use from many threads. */
final class Journal implements AutoCloseable {
    private final BufferedWriter writer;
    private boolean closed;

    Journal(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    synchronized void write(String line) {
        if (closed) {
            return; // a connection that ends after everything else
        }
        try {
            writer.write(LocalTime.now(ZoneOffset.UTC) + " " + line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        writer.close();
    }
}
