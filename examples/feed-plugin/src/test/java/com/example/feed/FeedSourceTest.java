package com.example.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedSourceTest {
    private final FeedServer server = new FeedServer();

    FeedSourceTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void entriesAreListedByWhatTheyLinkTo() throws Exception {
        server.serve("""
                <?xml version="1.0"?>
                <a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:link rel="enclosure" href="of-the-feed"/>
                <a:entry><a:title>two &amp; a query</a:title><a:updated>2026-01-31T10:00:00+02:00</a:updated>
                  <a:source><a:link rel="enclosure" href="of-the-source"/></a:source>
                  <a:link rel="alternate" href="page"/>
                  <a:link rel="enclosure" href="/a%20b.mp3?part=1"/><a:link rel="enclosure" href="c/d.mp3"/></a:entry>
                <a:entry><a:content src="https://elsewhere.example/pages/"/><a:updated>yesterday</a:updated></a:entry>
                <a:entry><a:content>text in the feed itself</a:content></a:entry>
                <a:entry><a:link rel="enclosure" href="mailto:a@b"/><a:link rel="enclosure" href=":"/></a:entry>
                </a:feed>""");
        Instant updated = Instant.parse("2026-01-31T08:00:00Z");
        List<Codec> expected = List.of(
                Codec.of(server.address("a%20b.mp3?part=1").toString(), "a%20b.mp3?part=1")
                        .withLastModified(updated),
                Codec.of(server.address("c/d.mp3").toString(), "c/d.mp3").withLastModified(updated),
                Codec.of("https://elsewhere.example/pages/", "elsewhere.example/pages/index.html"));
        assertEquals(expected, list(source(Map.of())), "elements");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rss><channel/></rss>",
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
                "no xml at all",
                "<!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><feed xmlns='http://www.w3.org/2005/Atom'/>"
            })
    void whatIsNoFeedIsRefusedAndNamed(String xml) throws Exception {
        server.serve(xml);
        try (Source source = source(Map.of())) {
            TransientException e = assertThrows(TransientException.class, () -> list(source));
            assertTrue(String.valueOf(e.getMessage()).contains("/feed.xml: cannot be read"), e::getMessage);
        }
    }

    @Test
    void onlyHostsThatWereNamedAreAsked() throws Exception {
        server.put("file", new byte[] {1});
        server.redirect("moved", "/file");
        server.redirect("away", "http://localhost:" + server.feed().getPort() + "/file");
        try (Source narrow = source(Map.of());
                Source wide = source(Map.of("hosts", "localhost"))) {
            assertArrayEquals(new byte[] {1}, download(narrow, "moved"), "a redirect on the same host");
            assertThrows(PermanentException.class, () -> download(narrow, "away"), "a redirect to another host");
            assertArrayEquals(new byte[] {1}, download(wide, "away"), "a redirect to a host that was named");
        }
    }

    @Test
    void redirectsInACircleEnd() throws Exception {
        server.redirect("circle", "circle");
        try (Source source = source(Map.of())) {
            assertThrows(PermanentException.class, () -> download(source, "circle"));
        }
    }

    @Test
    void attributesAreWhatTheServerSays() throws Exception {
        server.put("file", new byte[] {1, 2});
        try (Source source = source(Map.of());
                IngestObject object = source.download(element("file")).orElseThrow()) {
            assertEquals(2, object.attributes().length().orElseThrow(), "length");
            assertEquals(Optional.of("text/x-test"), object.attributes().contentType(), "content type");
        }
    }

    @Test
    void serverThatIsGoneIsTheEndpointsFault() throws Exception {
        try (Source source = source(Map.of())) {
            server.close();
            assertThrows(EndpointException.class, source::check);
        }
    }

    @Test
    void mistakesInTheConfigurationComeTogether() {
        ConfigException e =
                assertThrows(ConfigException.class, () -> source(Map.of("url", "ftp://x/", "timeout", "0s")));
        assertEquals(2, e.problems().size(), e::getMessage);
        assertThrows(ConfigException.class, () -> source(Map.of("url", "http://a b/")));
    }

    @Test
    void locationHidesTheQuery() throws Exception {
        try (Source source = source(Map.of("url", "https://example.com/feed.xml?token=secret"))) {
            assertEquals("https://example.com/feed.xml", source.location().toString());
        }
    }

    private Source source(Map<String, String> keys) throws ConfigException {
        Map<String, Object> values = new HashMap<>(Map.of("url", server.feed().toString()));
        values.putAll(keys);
        return new FeedPlugin().source(new PluginContext("test", new PluginConfig(values)));
    }

    private Codec element(String file) {
        return Codec.of(server.address(file).toString(), file);
    }

    private byte[] download(Source source, String file) throws Exception {
        try (IngestObject object = source.download(element(file)).orElseThrow()) {
            return object.body().readAllBytes();
        }
    }

    private static List<Codec> list(Source source) throws Exception {
        List<Codec> elements = new ArrayList<>();
        try (source;
                Nexter nexter = source.nexter()) {
            nexter.reset();
            for (Optional<Codec> next = nexter.next(); next.isPresent(); next = nexter.next()) {
                elements.add(next.get());
            }
        }
        return elements;
    }
}
