package com.connylabs.ingest.core.queue.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NatsOptionsTest {
    @Test
    void loginIsTakenOutOfTheUrls() {
        var endpoint = NatsEndpoint.parse("nats://us%40er:p+a%2Fs:s@a:4222, nats://b");
        assertEquals(List.of("nats://a:4222", "nats://b"), endpoint.servers(), "servers");
        assertEquals(Optional.of("us@er"), endpoint.user(), "user");
        assertEquals(Optional.of("p+a/s:s"), endpoint.secret(), "password");
    }

    @Test
    void aLoginWithoutColonIsAToken() {
        var endpoint = NatsEndpoint.parse("TLS://s3cr%t@[::1]:4222");
        assertEquals(List.of("tls://[::1]:4222"), endpoint.servers(), "servers");
        assertEquals(Optional.empty(), endpoint.user(), "user");
        assertEquals(Optional.of("s3cr%t"), endpoint.secret(), "token");
        assertTrue(endpoint.secure(), "tls is secure");
        assertFalse(NatsEndpoint.parse("nats://a").secure(), "nats is not");
    }

    @Test
    void aHostAloneIsOnNats() {
        var endpoint = NatsEndpoint.parse("user:s3cret@a:4222, b");
        assertEquals(List.of("nats://a:4222", "nats://b"), endpoint.servers(), "servers");
        assertEquals(Optional.of("s3cret"), endpoint.secret(), "password");
    }

    @Test
    void noSecretIsInAnyText() {
        NatsOptions options = NatsOptions.of("nats://user:s3cret@a:4222,nats://b");
        assertFalse(options.toString().contains("s3cret"), "options: " + options);
        assertFalse(NatsEndpoint.parse(options.endpoint()).toString().contains("user"), "endpoint");
        for (String bad :
                List.of("user:s3cret@", "/user:s3cret@a", "http://user:s3cret@a", "nats://user:s3cret@", "")) {
            var error = assertThrows(IllegalArgumentException.class, () -> NatsOptions.of(bad), bad);
            assertFalse(error.getMessage().contains("s3cret"), "message: " + error);
        }
    }

    @Test
    void namesThatWouldMeanSomethingElseAreRefused() {
        NatsOptions options = NatsOptions.of("nats://a");
        for (String bad : List.of("", "a b", "a.*", ">", "a.b", "a/b")) {
            assertThrows(IllegalArgumentException.class, () -> options.withNames(bad, "s", "c"), "stream " + bad);
            assertThrows(IllegalArgumentException.class, () -> options.withNames("s", "s", bad), "consumer " + bad);
        }
        for (String bad : List.of("", "a b", "a.*", ">", ".a", "a.", "a..b")) {
            assertThrows(IllegalArgumentException.class, () -> options.withNames("s", bad, "c"), "subject " + bad);
        }
        assertEquals("a.b", options.withNames("s", "a.b", "c").subject(), "a subject with a dot");
    }

    @Test
    void contradictionsAreRefused() {
        Path file = Path.of("x");
        assertThrows(
                IllegalArgumentException.class,
                () -> NatsAuth.NONE.withCreds(file).withNkey(file),
                "two logins");
        assertThrows(
                IllegalArgumentException.class,
                () -> new NatsAuth(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(file), Optional.empty()),
                "a certificate without key");
        assertThrows(
                IllegalArgumentException.class,
                () -> new StreamLimits(OptionalInt.of(0), OptionalLong.empty()),
                "no replica");
        assertThrows(
                IllegalArgumentException.class,
                () -> new StreamLimits(OptionalInt.empty(), OptionalLong.of(-1)),
                "less than no message");
    }
}
