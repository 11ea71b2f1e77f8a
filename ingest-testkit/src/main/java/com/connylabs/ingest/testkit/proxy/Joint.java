package com.connylabs.ingest.testkit.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client's connection, carried to the server one request after the other. Used by one thread, but for {@link #close}. */
final class Joint implements AutoCloseable {
    private static final Pattern MD5 = Pattern.compile("\"?[0-9a-f]{32}\"?");

    private final FaultProxy proxy;
    private final Side client;
    private @Nullable Side server;

    Joint(FaultProxy proxy, Socket client) throws IOException {
        this.proxy = proxy;
        this.client = new Side(client);
    }

    void carryAll() throws IOException, InterruptedException {
        Optional<HttpHead> request = HttpHead.read(client.in);
        while (request.isPresent() && carry(request.get())) {
            request = HttpHead.read(client.in);
        }
    }

    /** Carries a request and its answer; false if the connection is to end. */
    private boolean carry(HttpHead request) throws IOException, InterruptedException {
        Fault fault = proxy.draw();
        if (fault == Fault.ERROR) {
            refuse(request);
            return false;
        }
        if (fault == Fault.DELAY) {
            proxy.happened(fault, request, "");
            proxy.delay();
        }
        Side to = server();
        Optional<HttpHead> early = ask(request, to, fault);
        boolean alive = early.isPresent() || sendBody(request, to, fault);
        if (!alive) {
            return false;
        }
        HttpHead answer = early.isPresent() ? early.get() : answerOf(to);
        return deliver(request, answer, to, fault) && early.isEmpty();
    }

    /** Sends the head. Has an answer only if the server gives one instead of asking for the body. */
    private Optional<HttpHead> ask(HttpHead request, Side to, Fault fault) throws IOException {
        if (fault == Fault.CUT_REQUEST && request.length() <= 0) {
            return Optional.empty();
        }
        to.send(request);
        if (!request.has("Expect", "100-continue")) {
            return Optional.empty();
        }
        HttpHead first = HttpHead.read(to.in).orElseThrow(EOFException::new);
        if (first.status() != 100) {
            return Optional.of(first);
        }
        client.send(first);
        return Optional.empty();
    }

    private boolean sendBody(HttpHead request, Side to, Fault fault) throws IOException {
        long length = request.length();
        HttpBody body = new HttpBody(client.in, to.out);
        if (request.chunked()) {
            body.carryChunks();
        } else if (fault == Fault.CUT_REQUEST) {
            long cut = length > 0 ? proxy.below(length) : 0;
            proxy.happened(fault, request, "after " + cut + " of " + length);
            body.carry(cut);
            return false;
        } else if (length > 0 && fault == Fault.CORRUPT_REQUEST) {
            long at = proxy.below(length);
            proxy.happened(fault, request, "at " + at + " of " + length);
            body.carry(length, at);
        } else if (length > 0) {
            body.carry(length);
        }
        return true;
    }

    private static HttpHead answerOf(Side to) throws IOException {
        HttpHead answer;
        do {
            answer = HttpHead.read(to.in).orElseThrow(EOFException::new);
        } while (answer.status() == 100);
        return answer;
    }

    private boolean deliver(HttpHead request, HttpHead answer, Side from, Fault fault) throws IOException {
        proxy.answered(request, answer);
        boolean bare = request.method().equals("HEAD") || answer.status() == 204 || answer.status() == 304;
        long length = bare ? 0 : answer.length();
        if (fault == Fault.LOSE_ANSWER) {
            proxy.happened(fault, request, answer.firstLine());
            return false;
        }
        if (fault == Fault.CUT_ANSWER) {
            cut(request, answer, from, length);
            return false;
        }
        client.send(answer);
        HttpBody body = new HttpBody(from.in, client.out);
        if (!bare && answer.chunked()) {
            body.carryChunks();
        } else if (length > 0 && fault == Fault.CORRUPT_ANSWER && noticeable(request, answer)) {
            long at = proxy.below(length);
            proxy.happened(fault, request, "at " + at + " of " + length);
            body.carry(length, at);
        } else if (length > 0) {
            body.carry(length);
        } else if (length < 0) {
            from.in.transferTo(client.out);
            client.out.flush();
            return false;
        }
        from.touch();
        return !answer.has("Connection", "close") && !request.has("Connection", "close");
    }

    /** Every fourth time in the head, which is short; where there is no body, always. */
    private void cut(HttpHead request, HttpHead answer, Side from, long length) throws IOException {
        byte[] head = answer.bytes();
        if (length <= 0 || proxy.below(4) == 0) {
            int cut = (int) proxy.below(head.length);
            proxy.happened(Fault.CUT_ANSWER, request, "in its head, after " + cut + " of " + head.length);
            client.out.write(head, 0, cut);
            client.out.flush();
            return;
        }
        long cut = proxy.below(length);
        proxy.happened(Fault.CUT_ANSWER, request, "after " + cut + " of " + length);
        client.send(answer);
        new HttpBody(from.in, client.out).carry(cut);
    }

    private static boolean noticeable(HttpHead request, HttpHead answer) {
        return request.method().equals("GET")
                && (answer.status() == 200 || answer.status() == 206)
                && answer.header("ETag")
                        .filter(tag -> MD5.matcher(tag).matches())
                        .isPresent();
    }

    private void refuse(HttpHead request) throws IOException {
        boolean slowDown = proxy.below(2) == 0;
        String status = slowDown ? "503 Service Unavailable" : "500 Internal Server Error";
        String code = slowDown ? "SlowDown" : "InternalError";
        proxy.happened(Fault.ERROR, request, status);
        if (!request.has("Expect", "100-continue") && request.length() > 0) {
            // Else closing the connection would take the answer with it.
            client.in.skipNBytes(request.length());
        }
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                + "</Code><Message>the proxy says so</Message><RequestId>proxy</RequestId></Error>";
        client.send(new HttpHead("HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nConnection: close\r\n"
                + "Content-Length: " + (request.method().equals("HEAD") ? 0 : body.length()) + "\r\n\r\n"));
        if (!request.method().equals("HEAD")) {
            client.out.write(body.getBytes(US_ASCII));
            client.out.flush();
        }
    }

    private synchronized Side server() throws IOException {
        Side kept = server;
        if (kept != null && !kept.stale()) {
            return kept;
        }
        if (kept != null) {
            kept.close();
        }
        Side fresh = new Side(proxy.connect());
        server = fresh;
        return fresh;
    }

    @Override
    public synchronized void close() throws IOException {
        client.close();
        if (server != null) {
            server.close();
        }
    }
}
