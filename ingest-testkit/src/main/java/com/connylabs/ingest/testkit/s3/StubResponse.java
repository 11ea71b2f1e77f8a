package com.connylabs.ingest.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** An answer of an {@link S3Stub}. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StubResponse(int status, Map<String, String> headers, byte[] body) {
    static StubResponse empty(int status) {
        return new StubResponse(status, Map.of(), new byte[0]);
    }

    static StubResponse xml(String text) {
        byte[] body = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text).getBytes(UTF_8);
        return new StubResponse(200, Map.of("Content-Type", "application/xml"), body);
    }

    static StubResponse error(int status, String code) {
        StubResponse xml = xml("<Error><Code>" + code + "</Code><Message>the stub says " + code
                + "</Message><RequestId>stub</RequestId></Error>");
        return new StubResponse(status, xml.headers(), xml.body());
    }
}
