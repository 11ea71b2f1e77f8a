package com.example.feed;

import static javax.xml.stream.XMLStreamConstants.DTD;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import com.connylabs.ingest.api.Codec;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds in an Atom feed what its entries link to: their enclosures, or else the address of their content.
 *
 * <p>Source: RFC 4287, 4.1.3.2 and 4.2.7.
 */
final class FeedReader {
    private static final Logger log = LoggerFactory.getLogger(FeedReader.class);
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private final URI feed;
    private final XMLStreamReader xml;

    /** What was found in one entry so far. */
    private static final class Entry {
        final List<String> enclosures = new ArrayList<>();

        @Nullable
        String content;

        @Nullable
        Instant updated;

        List<String> links() {
            return enclosures.isEmpty() && content != null ? List.of(content) : enclosures;
        }
    }

    FeedReader(URI feed, XMLStreamReader xml) {
        this.feed = feed;
        this.xml = xml;
    }

    /** Goes to the root element. */
    void start() throws XMLStreamException {
        while (xml.next() != START_ELEMENT) {
            if (xml.getEventType() == DTD) {
                throw new XMLStreamException("it has a document type, which a feed has no use for", xml.getLocation());
            }
        }
        if (!is("feed")) {
            throw new XMLStreamException("its root element is " + xml.getName(), xml.getLocation());
        }
    }

    /** Reads to the end of the next entry and hands on what it links to; false at the end of the feed. */
    boolean entry(Consumer<Codec> found) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == START_ELEMENT) {
                if (is("entry")) {
                    Entry entry = readEntry();
                    entry.links().forEach(link -> element(link, entry.updated, found));
                    return true;
                }
                skip();
            }
        }
        return false;
    }

    private Entry readEntry() throws XMLStreamException {
        Entry entry = new Entry();
        while (xml.next() != END_ELEMENT) {
            if (xml.getEventType() == START_ELEMENT) {
                readChild(entry);
            }
        }
        return entry;
    }

    private void readChild(Entry entry) throws XMLStreamException {
        if (is("updated")) {
            entry.updated = instant(xml.getElementText());
            return;
        }
        if (is("content")) {
            entry.content = xml.getAttributeValue(null, "src");
        } else if (is("link") && "enclosure".equals(xml.getAttributeValue(null, "rel"))) {
            entry.enclosures.add(String.valueOf(xml.getAttributeValue(null, "href")));
        }
        skip();
    }

    /** Goes to the end of the element that begins here. */
    private void skip() throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            depth += event == START_ELEMENT ? 1 : event == END_ELEMENT ? -1 : 0;
        }
    }

    private boolean is(String name) {
        return xml.getLocalName().equals(name) && ATOM.equals(xml.getNamespaceURI());
    }

    private void element(String link, @Nullable Instant updated, Consumer<Codec> found) {
        try {
            URI uri = feed.resolve(link.strip());
            if (Http.speaks(uri)) {
                found.accept(Codec.of(uri.toString(), name(uri)).withLastModified(updated));
                return;
            }
        } catch (IllegalArgumentException e) {
            log.atDebug().setCause(e).log("not an address");
        }
        log.atWarn().addKeyValue("link", link).log("a link of the feed is skipped: it is no http address");
    }

    /** Path and query as they stand in the address; the name of a page begins with its host if that is not the feed's. */
    private String name(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String file = path.endsWith("/") ? path + "index.html" : path;
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        boolean ours = uri.getRawAuthority().equals(feed.getRawAuthority());
        return ours ? file.substring(1) + query : uri.getRawAuthority() + file + query;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            return null; // a hint that is no use
        }
    }
}
