package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.testkit.fuzz.Fuzz;
import com.connylabs.ingest.testkit.fuzz.Mutator;
import com.connylabs.ingest.testkit.fuzz.RawServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a store says that it has: elements, or an error that says what is wrong with the answer. */
@Timeout(3600)
class ListingFuzzIT {
    private static final String START = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Prefix></Prefix>"
            + "<EncodingType>url</EncodingType>";
    private static final String OBJECT = "<Contents><Key>a/b%20c</Key><LastModified>2026-01-31T10:00:00.000Z"
            + "</LastModified><ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag><Size>7</Size>"
            + "<StorageClass>STANDARD</StorageClass></Contents>";
    private static final String LAST = START + "<IsTruncated>false</IsTruncated>" + OBJECT.repeat(2)
            + "<CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes></ListBucketResult>";
    private static final String MORE = START + "<IsTruncated>true</IsTruncated><NextContinuationToken>t"
            + "</NextContinuationToken>" + OBJECT + "</ListBucketResult>";

    private static final String[] WORDS = {
        "<",
        ">",
        "&",
        "</",
        "/>",
        "<!--",
        "]]>",
        "<![CDATA[",
        "&#0;",
        "&#xFFFF;",
        "&lol;",
        "%",
        "%00",
        "%zz",
        "%ED%A0%80",
        "-1",
        "1e9",
        "99999999999999999999",
        "<Key>",
        "</Key>",
        "<Key/>",
        "<Size>",
        "</Size>",
        "<Size/>",
        "<Contents>",
        "</Contents>",
        "<Contents/>",
        "<IsTruncated>true</IsTruncated>",
        "<NextContinuationToken>u</NextContinuationToken>",
        "<!DOCTYPE x [<!ENTITY lol \"lol\">]>",
        "<ETag/>",
        "<LastModified>0000-00-00T99:99:99Z</LastModified>",
        "\u0000"
    };

    private HostileAnswers store;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws Exception {
        store = new HostileAnswers();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void everyListingIsReadOrRefused() {
        Fuzz.run("listings", 300, Duration.ofSeconds(20), seed -> {
            Mutator mutator = new Mutator(seed, WORDS);
            AtomicInteger pages = new AtomicInteger();
            store.server.answer(request -> HostileAnswers.ok(
                    pages.incrementAndGet() > 5
                            ? LAST.getBytes(UTF_8)
                            : mutator.next(LAST.getBytes(UTF_8), MORE.getBytes(UTF_8))));
            try {
                Sources.list(store.source);
            } catch (IngestException e) {
                assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
        });
    }

    private List<Codec> list(String page) throws Exception {
        byte[] answer = HostileAnswers.ok(page.getBytes(UTF_8));
        store.server.answer(request -> answer);
        return Sources.list(store.source);
    }

    private String refused(String page) {
        IngestException e = assertThrows(IngestException.class, () -> list(page));
        assertTrue(String.valueOf(e.getMessage()).startsWith("list s3://bucket/"), e.getMessage());
        return String.valueOf(e.getMessage());
    }

    private static String with(String object) {
        return LAST.replace(OBJECT.repeat(2), object);
    }

    @Test
    void anObjectWithoutAKeyIsRefused() {
        refused(with(OBJECT.replaceAll("<Key>.*</Key>", "")));
        refused(with(OBJECT.replaceAll("<Key>.*</Key>", "<Key/>")));
    }

    @Test
    void whatIsMissingOrMakesNoSenseIsUnknown() throws Exception {
        assertEquals(List.of(Codec.of("k", "k")), list(with("<Contents><Key>k</Key></Contents>")));
        assertEquals(List.of(Codec.of("k", "k")), list(with("<Contents><Key>k</Key><Size>-1</Size></Contents>")));
    }

    @Test
    void aListingThatIsCutIsRefused() {
        refused(LAST.substring(0, LAST.length() / 2));
        refused("");
        refused("no XML at all");
    }

    @Test
    void aListingThatGoesRoundInCirclesIsRefused() {
        AtomicInteger pages = new AtomicInteger();
        store.server.answer(request -> HostileAnswers.ok(
                MORE.replace(">t<", ">t" + pages.incrementAndGet() % 3 + "<").getBytes(UTF_8)));
        assertThrows(IngestException.class, () -> Sources.list(store.source));
        assertTrue(pages.get() < 50, pages + " pages");
    }

    @Test
    void entitiesAreNeitherFetchedNorMultiplied() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "hush");
        try (RawServer outside = RawServer.start()) {
            for (String entity : List.of(
                    "<!ENTITY e SYSTEM \"" + secret.toUri() + "\">",
                    "<!ENTITY e SYSTEM \"http://" + outside.endpoint() + "/\">",
                    "<!ENTITY % p SYSTEM \"http://" + outside.endpoint() + "/\"> %p;")) {
                String page = LAST.replace("?>\n", "?>\n<!DOCTYPE x [" + entity + "]>")
                        .replace("a/b%20c", "&e;");
                assertFalse(outcome(page).contains("hush"));
            }
            assertEquals(0, outside.requests(), "requests for entities");
        }
        StringBuilder bomb = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"" + "lol".repeat(100) + "\">");
        for (int i = 1; i < 12; i++) {
            bomb.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(20))
                    .append("\">");
        }
        assertTrue(outcome(LAST.replace("?>\n", "?>\n" + bomb + "]>").replace("a/b%20c", "&e11;"))
                        .length()
                < 10_000);
    }

    /** What came of a listing, as text. */
    private String outcome(String page) throws Exception {
        try {
            return list(page).toString();
        } catch (IngestException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aKeyOfTenMegabytesIsNoHarm() throws Exception {
        String key = "k".repeat(10_000_000);
        assertEquals(key, list(with(OBJECT.replace("a/b%20c", key))).get(0).id());
    }

    @Test
    void deepNestingIsNoHarm() throws Exception {
        assertFalse(outcome(LAST.replace("<Prefix>", "<x>".repeat(200_000) + "<Prefix>"))
                .isEmpty());
    }
}
