package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing, as ListObjectsV2 answers. The SDK would make a tree of it, and objects of that,
 * which takes four times as long as all else that a listing takes.
 *
 * @param objects in the order of the answer
 * @param prefixes those that stand for what has a delimiter after what was asked for
 * @param isListing whether the answer has anything of a listing
 * @param truncated whether there is more
 * @param next how to go on; null if that is not stated
 */
record ListingPage(
        List<ListedObject> objects,
        List<String> prefixes,
        boolean isListing,
        boolean truncated,
        @Nullable String next) {
    /**
     * Reads a page.
     *
     * @throws XMLStreamException if that is no XML, or cannot be read
     * @throws IllegalArgumentException if a key or a number in it is none
     */
    static ListingPage read(InputStream body) throws XMLStreamException {
        try (Elements elements = Elements.in(body)) {
            return new Parser(elements).page();
        }
    }

    /** Reads an answer from its start to its end, without going deeper than an object. Used once. */
    private static final class Parser {
        private final Elements xml;
        private final List<ListedObject> objects = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private @Nullable String truncated;
        private @Nullable String next;
        private boolean named;
        private boolean encoded;

        Parser(Elements xml) {
            this.xml = xml;
        }

        ListingPage page() throws XMLStreamException {
            while (xml.child()) {
                switch (xml.name()) {
                    case "Contents" -> objects.add(object());
                    case "CommonPrefixes" -> prefixes();
                    case "IsTruncated" -> truncated = xml.text();
                    case "NextContinuationToken" -> next = xml.text();
                    case "EncodingType" -> encoded = xml.text().equals("url");
                    case "Name" -> {
                        named = true;
                        xml.skip();
                    }
                    default -> xml.skip();
                }
            }
            xml.end();
            return new ListingPage(
                    encoded ? objects.stream().map(Parser::decoded).toList() : objects,
                    encoded ? prefixes.stream().map(Parser::decoded).toList() : prefixes,
                    named || truncated != null || !objects.isEmpty(),
                    "true".equals(truncated),
                    next);
        }

        private ListedObject object() throws XMLStreamException {
            String key = "";
            String eTag = null;
            OptionalLong size = OptionalLong.empty();
            String modified = null;
            while (xml.child()) {
                switch (xml.name()) {
                    case "Key" -> key = xml.text();
                    case "ETag" -> eTag = xml.text();
                    case "Size" -> size = size(xml.text());
                    case "LastModified" -> modified = xml.text();
                    default -> xml.skip();
                }
            }
            return new ListedObject(key, eTag, size, modified);
        }

        private void prefixes() throws XMLStreamException {
            while (xml.child()) {
                if (xml.name().equals("Prefix")) {
                    prefixes.add(xml.text());
                } else {
                    xml.skip();
                }
            }
        }

        private static OptionalLong size(String text) {
            long size = Long.parseLong(text.strip());
            return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
        }

        private static ListedObject decoded(ListedObject object) {
            String key = decoded(object.key());
            return key.equals(object.key())
                    ? object
                    : new ListedObject(key, object.eTag(), object.size(), object.modified());
        }

        /** Most keys are as they are. */
        private static String decoded(String text) {
            return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : URLDecoder.decode(text, UTF_8);
        }
    }
}
