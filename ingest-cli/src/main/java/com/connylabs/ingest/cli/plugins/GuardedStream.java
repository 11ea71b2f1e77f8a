package com.connylabs.ingest.cli.plugins;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of a plugin, read with the plugin's context class loader. */
final class GuardedStream extends FilterInputStream {
    private final ClassLoader loader;

    GuardedStream(InputStream in, ClassLoader loader) {
        super(in);
        this.loader = loader;
    }

    @Override
    public int read() throws IOException {
        try (ContextLoader ignored = ContextLoader.use(loader)) {
            return super.read();
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try (ContextLoader ignored = ContextLoader.use(loader)) {
            return super.read(buffer, offset, length);
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        try (ContextLoader ignored = ContextLoader.use(loader)) {
            return super.skip(bytes);
        }
    }

    @Override
    public int available() throws IOException {
        try (ContextLoader ignored = ContextLoader.use(loader)) {
            return super.available();
        }
    }

    @Override
    public void close() throws IOException {
        try (ContextLoader ignored = ContextLoader.use(loader)) {
            super.close();
        }
    }
}
