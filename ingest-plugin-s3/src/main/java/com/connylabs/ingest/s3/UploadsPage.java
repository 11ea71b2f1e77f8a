package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * A page of the uploads that are not finished, as ListMultipartUploads answers.
 *
 * @param uploads in the order of the answer
 * @param truncated whether there is more
 * @param next where to go on; empty if that is not stated
 */
record UploadsPage(List<OpenUpload> uploads, boolean truncated, Optional<Place> next) {

    /**
     * An upload.
     *
     * @param key of the object
     * @param id of the upload
     * @param begun when it began, if that is stated and can be read
     */
    record OpenUpload(String key, String id, Optional<Instant> begun) {}

    /**
     * A place in the listing.
     *
     * @param key that comes before it
     * @param id of the upload that comes before it; null if all of that key do
     */
    record Place(String key, @Nullable String id) {}

    /** Parameters of the request for a page. */
    static NavigableMap<String, String> parameters(String prefix, Optional<Place> after) {
        NavigableMap<String, String> parameters = new TreeMap<>();
        parameters.put("uploads", "");
        parameters.put("encoding-type", "url"); // XML cannot hold every character of a key
        parameters.put("prefix", prefix);
        after.ifPresent(place -> {
            parameters.put("key-marker", place.key());
            if (place.id() != null) {
                parameters.put("upload-id-marker", place.id());
            }
        });
        return parameters;
    }

    /**
     * Reads a page.
     *
     * @throws XMLStreamException if that is no XML, or cannot be read
     * @throws IllegalArgumentException if a key in it is none
     */
    static UploadsPage read(InputStream body) throws XMLStreamException {
        List<OpenUpload> uploads = new ArrayList<>();
        boolean truncated = false;
        boolean encoded = false;
        String nextKey = null;
        String nextId = null;
        try (Elements elements = Elements.in(body)) {
            while (elements.child()) {
                switch (elements.name()) {
                    case "Upload" -> uploads.add(upload(elements));
                    case "IsTruncated" -> truncated = elements.text().equals("true");
                    case "EncodingType" -> encoded = elements.text().equals("url");
                    case "NextKeyMarker" -> nextKey = elements.text();
                    case "NextUploadIdMarker" -> nextId = elements.text();
                    default -> elements.skip();
                }
            }
            elements.end();
        }
        UploadsPage page = new UploadsPage(
                uploads, truncated, nextKey == null ? Optional.empty() : Optional.of(new Place(nextKey, nextId)));
        return encoded ? page.decoded() : page;
    }

    private static OpenUpload upload(Elements elements) throws XMLStreamException {
        String key = "";
        String id = "";
        Optional<Instant> begun = Optional.empty();
        while (elements.child()) {
            switch (elements.name()) {
                case "Key" -> key = elements.text();
                case "UploadId" -> id = elements.text();
                case "Initiated" -> begun = time(elements.text());
                default -> elements.skip();
            }
        }
        return new OpenUpload(key, id, begun);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ListingTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty(); // as if it were young
        }
    }

    private UploadsPage decoded() {
        return new UploadsPage(
                uploads.stream()
                        .map(upload -> new OpenUpload(decoded(upload.key()), upload.id(), upload.begun()))
                        .toList(),
                truncated,
                next.map(place -> new Place(decoded(place.key()), place.id())));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
