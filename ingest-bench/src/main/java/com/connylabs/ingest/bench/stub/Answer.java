package com.connylabs.ingest.bench.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param headers whole lines
 * @param body the bytes, empty if they are content
 * @param length what the answer says its length is
 * @param from where in the content the bytes begin, negative if they are in {@code body}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, List<String> headers, byte[] body, long length, long from) {
    private static final byte[] NOTHING = {};

    static Answer empty(int status, String... headers) {
        return new Answer(status, List.of(headers), NOTHING, 0, -1);
    }

    static Answer text(int status, String type, String text) {
        byte[] body = text.getBytes(UTF_8);
        return new Answer(status, List.of("Content-Type: " + type), body, body.length, -1);
    }

    static Answer xml(String text) {
        return text(200, "application/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text);
    }

    static Answer error(int status, String code) {
        return text(
                status,
                "application/xml",
                "<Error><Code>" + code + "</Code><Message>the stub says " + code + "</Message></Error>");
    }

    static Answer content(int status, List<String> headers, long from, long length) {
        return new Answer(status, headers, NOTHING, length, from);
    }
}
