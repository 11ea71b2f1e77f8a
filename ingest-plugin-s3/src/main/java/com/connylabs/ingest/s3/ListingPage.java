package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing, as ListObjectsV2 answers. The SDK reads it too, but makes a tree of it, and objects of that, which
 * takes four times as long as all else that a listing takes.
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
    /** Reads no more than is in the document itself. */
    static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /**
     * Reads a page.
     *
     * @throws XMLStreamException if that is no XML, or cannot be read
     * @throws IllegalArgumentException if a key or a number in it is none
     */
    static ListingPage read(InputStream body) throws XMLStreamException {
        XMLStreamReader xml = FACTORY.createXMLStreamReader(body);
        try {
            return new Parser(xml).page();
        } finally {
            xml.close();
        }
    }

    /** Reads an answer from its start to its end, without going deeper than an object. Used once. */
    private static final class Parser {
        private final XMLStreamReader xml;
        private final List<ListedObject> objects = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private @Nullable String truncated;
        private @Nullable String next;
        private boolean named;
        private boolean encoded;

        Parser(XMLStreamReader xml) {
            this.xml = xml;
        }

        ListingPage page() throws XMLStreamException {
            xml.nextTag();
            while (child()) {
                switch (xml.getLocalName()) {
                    case "Contents" -> objects.add(object());
                    case "CommonPrefixes" -> prefixes();
                    case "IsTruncated" -> truncated = xml.getElementText();
                    case "NextContinuationToken" -> next = xml.getElementText();
                    case "EncodingType" -> encoded = xml.getElementText().equals("url");
                    case "Name" -> {
                        named = true;
                        skip();
                    }
                    default -> skip();
                }
            }
            toTheEnd();
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
            while (child()) {
                switch (xml.getLocalName()) {
                    case "Key" -> key = xml.getElementText();
                    case "ETag" -> eTag = xml.getElementText();
                    case "Size" -> size = size(xml.getElementText());
                    case "LastModified" -> modified = xml.getElementText();
                    default -> skip();
                }
            }
            return new ListedObject(key, eTag, size, modified);
        }

        private void prefixes() throws XMLStreamException {
            while (child()) {
                if (xml.getLocalName().equals("Prefix")) {
                    prefixes.add(xml.getElementText());
                } else {
                    skip();
                }
            }
        }

        private static OptionalLong size(String text) {
            long size = Long.parseLong(text.strip());
            return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
        }

        private static ListedObject decoded(ListedObject object) {
            return new ListedObject(decoded(object.key()), object.eTag(), object.size(), object.modified());
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, UTF_8);
        }

        /** Goes to the next child of the element that it is in; false at the end of that. */
        private boolean child() throws XMLStreamException {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        return true;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        return false;
                    }
                    default -> {}
                }
            }
            return false;
        }

        /** Passes over the element that it is at the start of, however deep that is. */
        private void skip() throws XMLStreamException {
            int depth = 1;
            while (depth > 0) {
                int event = xml.next();
                depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
                depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            }
        }

        private void toTheEnd() throws XMLStreamException {
            while (xml.hasNext()) {
                xml.next();
            }
        }
    }
}
