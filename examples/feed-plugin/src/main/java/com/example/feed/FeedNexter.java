package com.example.feed;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads a feed from its stream, one entry at a time: a long one never stands in memory as a whole. */
final class FeedNexter implements Nexter {
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        // What a feed says must not make us open files or other addresses, or fill the memory.
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final URI feed;
    private final Http http;
    private final Deque<Codec> ready = new ArrayDeque<>();
    private @Nullable InputStream body;
    private @Nullable FeedReader reader;

    FeedNexter(URI feed, Http http) {
        this.feed = feed;
        this.http = http;
    }

    @Override
    public void reset() throws IngestException, InterruptedException {
        close();
        HttpURLConnection answer = http.get(feed)
                .orElseThrow(
                        () -> new PermanentException(Http.shown(feed) + ": there is no feed (HTTP status 404 or 410)"));
        try {
            InputStream opened = answer.getInputStream();
            body = opened;
            XMLStreamReader xml;
            synchronized (XML) { // the factory is not said to be safe to use from many threads
                xml = XML.createXMLStreamReader(opened);
            }
            reader = new FeedReader(feed, xml);
            reader.start();
        } catch (IOException | XMLStreamException e) {
            close();
            throw broken(e);
        }
    }

    @Override
    public Optional<Codec> next() throws IngestException {
        try {
            while (ready.isEmpty() && reader != null) {
                if (!reader.entry(ready::add)) {
                    close();
                }
            }
            return Optional.ofNullable(ready.poll());
        } catch (XMLStreamException e) {
            close();
            throw broken(e);
        }
    }

    /** Half a feed may be whole the next time. */
    private TransientException broken(Exception e) {
        return new TransientException(Http.shown(feed) + ": cannot be read as an Atom feed: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        reader = null;
        try (InputStream closing = body) {
            body = null;
        } catch (IOException e) {
            // The listing is over, and nothing was written that could be lost.
            return;
        }
    }
}
