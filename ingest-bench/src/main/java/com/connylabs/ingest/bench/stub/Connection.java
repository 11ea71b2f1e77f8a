package com.connylabs.ingest.bench.stub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection: reads a request, answers it, and so on. Runs on a thread of its own. */
final class Connection implements Runnable {
    private static final int BUFFER = 256 << 10;
    private static final byte[] GO_ON = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

    private final SocketChannel channel;
    private final Operations operations;
    private final Control control;
    private final Content content;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);

    Connection(SocketChannel channel, Operations operations, Control control, Content content) {
        this.channel = channel;
        this.operations = operations;
        this.control = control;
        this.content = content;
    }

    @Override
    public void run() {
        try (channel) {
            for (Head head = readHead(); head != null; head = readHead()) {
                serve(head);
            }
        } catch (IOException | UncheckedIOException gone) {
            return; // the client has closed the connection, or was killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Head head) throws IOException, InterruptedException {
        if (head.bucket().equals(Control.BUCKET)) {
            write(control.answer(head), true, new Bucket());
            return;
        }
        if (head.headers().containsKey("expect")) {
            pause();
            channel.write(ByteBuffer.wrap(GO_ON));
        }
        Arrival body = readBody(head);
        String operation = Operations.name(head);
        Bucket bucket = operations.bucket(head.bucket());
        bucket.count(operation, 1);
        bucket.count("bytes-in", head.bodyLength());
        pause();
        Answer answer = operations.answer(operation, head, body);
        write(answer, !head.method().equals("HEAD"), bucket);
    }

    private void pause() throws InterruptedException {
        long millis = control.latencyMillis();
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }

    private @Nullable Head readHead() throws IOException {
        int from = 0;
        while (true) {
            int end = endOfHead(from);
            if (end >= 0) {
                byte[] head = new byte[end - in.position()];
                in.get(head).position(in.position() + 4);
                return Head.parse(new String(head, ISO_8859_1));
            }
            from = Math.max(0, in.remaining() - 3);
            if (!readMore()) {
                return null;
            }
        }
    }

    private int endOfHead(int from) {
        for (int i = in.position() + from; i + 3 < in.limit(); i++) {
            if (in.getInt(i) == 0x0D0A0D0A) {
                return i;
            }
        }
        return -1;
    }

    private boolean readMore() throws IOException {
        in.compact();
        if (!in.hasRemaining()) {
            throw new IOException("the head of a request is too long");
        }
        int read = channel.read(in);
        in.flip();
        return read >= 0;
    }

    private Arrival readBody(Head head) throws IOException {
        Arrival body = new Arrival(content);
        if (!head.isInChunks()) {
            read(body, head.bodyLength());
            return body;
        }
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            read(body, size);
            readLine();
        }
        String trailer = readLine();
        while (!trailer.isEmpty()) { // checksums, which nobody here looks at
            trailer = readLine();
        }
        return body;
    }

    /** Of a chunk, with its signature: {@code 1000;chunk-signature=...}. */
    private long chunkSize() throws IOException {
        String line = readLine();
        return Long.parseLong(line.substring(0, line.indexOf(';') < 0 ? line.length() : line.indexOf(';')), 16);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 2) != '\r' || line.charAt(line.length() - 1) != '\n') {
            require(1);
            line.append((char) in.get());
        }
        return line.substring(0, line.length() - 2);
    }

    private void read(Arrival body, long length) throws IOException {
        for (long left = length; left > 0; ) {
            require(Math.min(Long.BYTES, left));
            int next = (int) Math.min(left, in.remaining());
            int limit = in.limit();
            in.limit(in.position() + next);
            body.accept(in);
            in.limit(limit);
            left -= next;
        }
    }

    private void require(long bytes) throws IOException {
        while (in.remaining() < bytes) {
            if (!readMore()) {
                throw new EOFException("the client has closed the connection");
            }
        }
    }

    /** Counts what is sent, which is less than was promised where the client gives up. */
    private void write(Answer answer, boolean withBody, Bucket bucket) throws IOException {
        StringBuilder head = new StringBuilder(256).append("HTTP/1.1 ").append(answer.status());
        head.append(" -\r\nContent-Length: ").append(answer.length()).append("\r\n");
        answer.headers().forEach(line -> head.append(line).append("\r\n"));
        byte[] bytes = head.append("\r\n").toString().getBytes(ISO_8859_1);
        ByteBuffer first = ByteBuffer.wrap(bytes);
        if (!withBody || answer.from() < 0) {
            writeFully(first, ByteBuffer.wrap(withBody ? answer.body() : new byte[0]));
            return;
        }
        for (long done = 0; done < answer.length() || first.hasRemaining(); ) {
            ByteBuffer next = content.slice(answer.from() + done, answer.length() - done);
            done += next.remaining();
            bucket.count("bytes-out", next.remaining());
            writeFully(first, next);
        }
    }

    private void writeFully(ByteBuffer... buffers) throws IOException {
        ByteBuffer last = buffers[buffers.length - 1];
        while (buffers[0].hasRemaining() || last.hasRemaining()) {
            channel.write(buffers);
        }
    }
}
