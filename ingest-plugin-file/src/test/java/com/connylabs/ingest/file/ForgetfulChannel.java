package com.connylabs.ingest.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file that keeps nothing, but knows how much of what was written to it was not forced to the disk yet. */
final class ForgetfulChannel extends FileChannel {
    /** What happens while bytes are on their way to the disk. */
    interface Pause {
        void run() throws InterruptedException;
    }

    private Pause pause = () -> {};
    private long size;
    private long unforced;
    private long mostUnforced;
    private int forces;

    void whileItForces(Pause what) {
        pause = what;
    }

    synchronized long unforced() {
        return unforced;
    }

    synchronized long mostUnforced() {
        return mostUnforced;
    }

    synchronized int forces() {
        return forces;
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long position) {
        int count = bytes.remaining();
        bytes.position(bytes.limit());
        size = Math.max(size, position + count);
        unforced += count;
        mostUnforced = Math.max(mostUnforced, unforced);
        return count;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        long before = unforced();
        try {
            pause.run();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        synchronized (this) {
            unforced -= before;
            forces++;
        }
    }

    @Override
    protected void implCloseChannel() {}

    @Override
    public int write(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer bytes, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long length, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long length, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
