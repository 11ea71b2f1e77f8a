package com.connylabs.ingest.testkit.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The HTTP side of an {@link S3Stub}: reads a request, lets it be answered, and does wrong what it is told to. */
final class StubHandler implements HttpHandler {
    private final StubSignature signature;
    private final Consumer<StubRequest> log;
    private final StubFaults faults;
    private final Answer answer;

    /** Sends a body, or what it is told to send instead. */
    private interface Sender {
        void send(byte[] body, OutputStream out) throws IOException;
    }

    /** Answers a request that no fault stands against. */
    interface Answer {
        StubResponse to(StubRequest request);
    }

    StubHandler(StubSignature signature, Consumer<StubRequest> log, StubFaults faults, Answer answer) {
        this.signature = signature;
        this.log = log;
        this.faults = faults;
        this.answer = answer;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            StubRequest request = read(exchange);
            log.accept(request);
            Optional<Fault> fault = faults.next(request);
            if (fault.isPresent()) {
                fail(exchange, request, fault.get());
            } else {
                send(exchange, respond(request));
            }
        }
    }

    private void fail(HttpExchange exchange, StubRequest request, Fault fault) throws IOException {
        if (fault instanceof Fault.Status status) {
            send(exchange, StubResponse.error(status.status(), status.code()));
        } else if (fault instanceof Fault.LoseAnswer) {
            respond(request);
        } else if (fault instanceof Fault.Cut cut) {
            send(exchange, respond(request), (body, out) -> out.write(cut.apply(body)));
        } else if (fault instanceof Fault.Corrupt corrupt) {
            send(exchange, respond(request), (body, out) -> out.write(corrupt.apply(body)));
        } else if (fault instanceof Fault.Drip drip) {
            send(exchange, respond(request), drip::send);
        } else if (fault instanceof Fault.Crowded crowded) {
            send(exchange, respond(request, crowded));
        } else if (fault instanceof Fault.Delay delay && delay.pass()) {
            send(exchange, respond(request));
        }
    }

    private StubResponse respond(StubRequest request, Fault.Crowded crowded) {
        if (!crowded.room().tryAcquire()) {
            return StubResponse.error(503, "SlowDown");
        }
        try {
            new Fault.Delay(crowded.by()).pass();
            return respond(request);
        } finally {
            crowded.room().release();
        }
    }

    private StubResponse respond(StubRequest request) {
        try {
            signature.check(request);
            return answer.to(faults.understood(request));
        } catch (StubError e) {
            return e.response();
        }
    }

    private static StubRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new StubRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                body,
                exchange.getRemoteAddress().getPort());
    }

    private static void send(HttpExchange exchange, StubResponse response) throws IOException {
        send(exchange, response, (body, out) -> out.write(body));
    }

    private static void send(HttpExchange exchange, StubResponse response, Sender sender) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        int promised = response.body().length;
        if (exchange.getRequestMethod().equals("HEAD") || promised == 0) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(promised));
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), promised);
        OutputStream out = exchange.getResponseBody();
        sender.send(response.body(), out);
        out.flush();
    }
}
