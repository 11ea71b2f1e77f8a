package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class ListingPageTest {
    @Test
    void keysAreDecodedWhereTheAnswerSaysThatTheyAreEncoded() throws Exception {
        String encoded = "<EncodingType>url</EncodingType>" + object("a+b") + object("a%2Bb") + object("plain");
        assertEquals(List.of("a b", "a+b", "plain"), keys(encoded + "<IsTruncated>false</IsTruncated>"));
    }

    @Test
    void otherwiseTheyAreWhatTheyAre() throws Exception {
        assertEquals(List.of("a+b", "a%2Bb"), keys(object("a+b") + object("a%2Bb")));
    }

    private static String object(String key) {
        return "<Contents><Key>" + key + "</Key><Size>1</Size></Contents>";
    }

    private static List<String> keys(String content) throws XMLStreamException {
        String page = "<ListBucketResult>" + content + "</ListBucketResult>";
        return ListingPage.read(new ByteArrayInputStream(page.getBytes(UTF_8))).objects().stream()
                .map(ListedObject::key)
                .toList();
    }
}
