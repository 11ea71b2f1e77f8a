package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.testkit.fuzz.Fuzz;
import com.connylabs.ingest.testkit.fuzz.Mutator;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a store says about an object: it is understood, left aside, or an error. */
@Timeout(3600)
class HeaderFuzzIT {
    private static final Codec ELEMENT = Codec.of("a", "a");
    private static final byte[] BODY = "0123456".getBytes(UTF_8);
    private static final String HEAD = """
            HTTP/1.1 200 OK
            Content-Type: text/plain; charset=utf-8
            ETag: "124bd1296bec0d9d93c7b52a71ad8d5b"
            Last-Modified: Sat, 31 Jan 2026 10:00:00 GMT
            x-amz-meta-color: green
            x-amz-meta-ingest-version: =?UTF-8?B?dmVyc2lvbg==?=
            x-amz-checksum-crc32: c1U6oQ==
            x-amz-checksum-type: FULL_OBJECT
            Cache-Control: no-cache
            Expires: Sat, 31 Jan 2026 10:00:00 GMT
            Content-Encoding: identity
            Content-Length: 7
            """.replace("\n", "\r\n");

    private static final String[] WORDS = {
        "\r\n",
        ":",
        "\"",
        "\u0000",
        "ü😀",
        "-1",
        "9223372036854775807",
        "99999999999999999999",
        "W/",
        "=?UTF-8?B?",
        "?=",
        "====",
        "x-amz-meta-",
        "x-amz-meta-ingest-version: ",
        "Content-Length: ",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
        "x-amz-server-side-encryption: x\r\n",
        "x-amz-checksum-sha256: ",
        "HTTP/1.1 ",
        "404",
        "412",
        "500",
        "304",
        "206",
        "100",
        "Connection: keep-alive\r\n",
        "Location: http://127.0.0.1:1/\r\n"
    };

    private HostileAnswers store;

    @BeforeEach
    void open() throws Exception {
        store = new HostileAnswers();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void everyAnswerIsUnderstoodOrRefused() {
        Fuzz.run("headers of objects", 200, Duration.ofSeconds(40), seed -> {
            Mutator mutator = new Mutator(seed, WORDS);
            byte[] whole = HostileAnswers.answer(HEAD, BODY);
            byte[] head = HostileAnswers.answer(HEAD, new byte[0]);
            store.server.answer(request -> mutator.next(request.startsWith("HEAD") ? head : whole));
            try {
                store.destination.stat(ELEMENT);
            } catch (IngestException e) {
                // refused
            }
            try {
                download();
            } catch (IngestException | IOException e) {
                return; // refused
            }
        });
    }

    private byte[] download() throws Exception {
        Optional<IngestObject> object = store.source.download(ELEMENT);
        if (object.isEmpty()) {
            return new byte[0];
        }
        try (IngestObject open = object.get()) {
            return open.body().readAllBytes();
        }
    }

    private void head(String from, String to) {
        String head = HEAD.replace(from, to);
        store.server.answer(request -> HostileAnswers.answer(head, request.startsWith("HEAD") ? new byte[0] : BODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?UTF-8?B?====?=", "=?UTF-8?B?a?=", "=?UTF-8?B??=", "=?", ""})
    void aBrokenRecordOfTheVersionIsAnotherVersion(String record) throws Exception {
        head("=?UTF-8?B?dmVyc2lvbg==?=", record);
        Optional<ObjectInfo> found = store.destination.stat(ELEMENT);
        assertEquals(true, found.isPresent(), "it is there, whatever its version is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "99999999999999999999", "9223372036854775807", "8"})
    void aLengthThatIsNotTheBodysIsAnError(String length) {
        head("Content-Length: 7", "Content-Length: " + length);
        Exception e = assertThrows(Exception.class, this::download);
        assertEquals(true, e instanceof IngestException || e instanceof IOException, e.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "Sat, 31 Jan 2026 99:99:99 GMT", "-1", ""})
    void aDateThatIsNoneDoesNoHarm(String date) throws Exception {
        head("Expires: Sat, 31 Jan 2026 10:00:00 GMT", "Expires: " + date);
        assertEquals(7, download().length, "anybody may have set this one");
        head("Last-Modified: Sat, 31 Jan 2026 10:00:00 GMT", "Last-Modified: " + date);
        assertTrue(store.destination.stat(ELEMENT).isPresent(), "nobody needs this one");
    }

    @Test
    void aNumberThatIsNoneIsTheElementsFaultAndNotTheEndpoints() throws Exception {
        head("Content-Length: 7", "Content-Length: some");
        assertThrows(TransientException.class, () -> store.destination.stat(ELEMENT));
    }

    @Test
    void aCountThatIsNoneDoesNoHarm() throws Exception {
        head("Expires: ", "x-amz-missing-meta: some\r\nExpires: ");
        assertTrue(store.destination.stat(ELEMENT).isPresent(), "nobody needs this one");
    }
}
