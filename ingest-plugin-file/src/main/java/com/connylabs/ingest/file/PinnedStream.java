package com.connylabs.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Exactly so many bytes of one version of a file. Used by one thread; an interrupt closes it. */
final class PinnedStream extends InputStream {
    /** The JDK keeps a direct buffer as large as the largest read, for each thread. */
    private static final int MAX_READ = 128 << 10;

    private final FileChannel channel;
    private final PinnedFile file;
    private long left;

    PinnedStream(FileChannel channel, long length, PinnedFile file) {
        this.channel = channel;
        this.left = length;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
        if (left == 0 || wanted == 0) {
            return wanted == 0 ? 0 : -1;
        }
        int most = (int) Math.min(Math.min(wanted, MAX_READ), left);
        int count = channel.read(ByteBuffer.wrap(into, offset, most));
        if (count < 0) {
            throw new IOException(file.file() + " ended " + left + " bytes before its length");
        }
        left -= count;
        if (left == 0) {
            file.requireUnchanged();
        }
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
