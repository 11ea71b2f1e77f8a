package com.connylabs.ingest.core.wire;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.PermanentException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An element as the body of a message: {@code {"id": "...", "name": "...", "meta": "<base64>" or null}}, and, when known,
 * {@code version}, {@code size} and {@code lastModified} (RFC 3339, UTC), which the Go programs ignore. What was a dead
 * letter and is in the queue again has {@code "replayed": true} besides.
 *
 * <p>Safe to use from many threads. Source: connylabs/ingest, codec.go.
 */
public final class CodecJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] MARK = ",\"replayed\":true}".getBytes(StandardCharsets.US_ASCII);

    private CodecJson() {}

    /**
     * What a message says.
     *
     * @param element the element
     * @param replayed whether it was a dead letter before, so that nobody knows how far it was done
     */
    public record Body(Codec element, boolean replayed) {}

    /**
     * Writes an element.
     *
     * @param element the element
     * @return UTF-8 JSON
     */
    public static byte[] encode(Codec element) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("id", element.id());
            json.writeStringProperty("name", element.name());
            byte[] meta = element.meta();
            if (meta == null) {
                json.writeNullProperty("meta");
            } else {
                json.writeName("meta");
                json.writeBinary(meta);
            }
            writeHints(json, element);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeHints(JsonGenerator json, Codec element) {
        String version = element.version();
        if (version != null) {
            json.writeStringProperty("version", version);
        }
        if (element.size().isPresent()) {
            json.writeNumberProperty("size", element.size().getAsLong());
        }
        Instant lastModified = element.lastModified();
        if (lastModified != null) {
            json.writeStringProperty("lastModified", lastModified.toString());
        }
    }

    /**
     * Marks a message's body as that of an element that was a dead letter.
     *
     * @param body the body; not changed
     * @return the marked body, in which all else is as it was; the body itself if it is not an element
     */
    public static byte[] replayed(byte[] body) {
        int end = body.length - 1;
        while (end >= 0 && body[end] != '}') {
            end--;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + MARK.length + 1);
        out.write(body, 0, Math.max(end, 0));
        out.writeBytes(MARK);
        byte[] marked = out.toByteArray();
        try {
            return !read(body).replayed() && read(marked).replayed() ? marked : body.clone();
        } catch (PermanentException e) {
            return body.clone(); // what nobody could read is put back as it was
        }
    }

    /**
     * Reads an element. Fields that it does not know are passed over.
     *
     * @param body UTF-8 JSON
     * @return the element
     * @throws PermanentException if the body is not an element
     */
    public static Codec decode(byte[] body) throws PermanentException {
        return read(body).element();
    }

    /**
     * Reads an element with what its message says about it.
     *
     * @param body UTF-8 JSON
     * @return what the message says
     * @throws PermanentException if the body is not an element
     */
    public static Body read(byte[] body) throws PermanentException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new PermanentException("message is not an element: not a JSON object");
            }
            return readFields(json);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            // Not the parser's message: it quotes the body, which may hold what must not be logged.
            throw new PermanentException(
                    "message is not an element: " + e.getClass().getSimpleName() + " while reading its JSON", e);
        }
    }

    private static Body readFields(JsonParser json) throws PermanentException {
        String id = null;
        String name = null;
        byte[] meta = null;
        String version = null;
        OptionalLong size = OptionalLong.empty();
        Instant lastModified = null;
        boolean replayed = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "id" -> id = text(json, value);
                case "name" -> name = text(json, value);
                case "meta" -> meta = value == JsonToken.VALUE_NULL ? null : json.getBinaryValue();
                case "version" -> version = text(json, value);
                case "size" -> size = number(json, value);
                case "lastModified" -> lastModified = instant(text(json, value));
                case "replayed" -> {
                    replayed = value == JsonToken.VALUE_TRUE;
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new PermanentException("message is not an element: something follows its JSON object");
        }
        if (id == null || id.isEmpty() || name == null) {
            throw new PermanentException("message is not an element: it has no " + (name == null ? "name" : "id"));
        }
        return new Body(new Codec(id, name, meta, version, size, lastModified), replayed);
    }

    private static OptionalLong number(JsonParser json, JsonToken value) {
        json.skipChildren();
        return value == JsonToken.VALUE_NUMBER_INT ? OptionalLong.of(json.getLongValue()) : OptionalLong.empty();
    }

    private static @Nullable String text(JsonParser json, JsonToken value) throws PermanentException {
        json.skipChildren();
        String text = value == JsonToken.VALUE_STRING ? json.getString() : null;
        // No encoding has half a character: sent to a store, it would become the name of another object.
        if (text != null && hasHalfCharacter(text)) {
            throw new PermanentException("message is not an element: it has half a character (a lone surrogate) in it");
        }
        return text;
    }

    private static boolean hasHalfCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++; // the other half
            }
        }
        return false;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
