package com.connylabs.ingest.core.queue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.PermanentException;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A dead letter as JSON: an object of {@code workflow}, {@code id}, {@code data} (the message's body, base 64), {@code
 * destination} (absent if the failure was not at one), {@code reason}, {@code attempts}, {@code first} and {@code last}
 * (RFC 3339, UTC). Readers ignore what they do not know.
 */
public final class DeadLetterJson {
    private static final JsonFactory JSON = new JsonFactory();

    private DeadLetterJson() {}

    /**
     * Writes a letter.
     *
     * @param letter the letter
     * @return JSON in UTF-8
     */
    public static byte[] write(DeadLetter letter) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("workflow", letter.workflow());
            json.writeStringProperty("id", letter.id());
            json.writeStringProperty("data", Base64.getEncoder().encodeToString(letter.data()));
            letter.destination().ifPresent(name -> json.writeStringProperty("destination", name));
            json.writeStringProperty("reason", letter.reason());
            json.writeNumberProperty("attempts", letter.attempts());
            json.writeStringProperty("first", letter.first().toString());
            json.writeStringProperty("last", letter.last().toString());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /**
     * Reads a letter.
     *
     * @param bytes JSON in UTF-8
     * @return the letter
     * @throws PermanentException if it is none
     */
    public static DeadLetter read(byte[] bytes) throws PermanentException {
        try {
            Map<String, String> fields = fields(bytes);
            return new DeadLetter(
                    field(fields, "workflow"),
                    field(fields, "id"),
                    Base64.getDecoder().decode(field(fields, "data")),
                    Optional.ofNullable(fields.get("destination")),
                    field(fields, "reason"),
                    Long.parseLong(field(fields, "attempts")),
                    Instant.parse(field(fields, "first")),
                    Instant.parse(field(fields, "last")));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new PermanentException("not a dead letter of ingest: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> fields(byte[] bytes) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("it is not a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    fields.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("field " + name + " is missing");
        }
        return value;
    }
}
