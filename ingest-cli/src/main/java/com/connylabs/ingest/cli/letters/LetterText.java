package com.connylabs.ingest.cli.letters;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.cli.logging.Escapes;
import com.connylabs.ingest.core.queue.ElementHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Dead letters as text: safe to be shown, whatever names they have. */
final class LetterText {
    private static final int LABEL = 13;

    private LetterText() {}

    /** A line of JSON: the fields that the queue keeps, the hash, and the message where it is text. */
    static String json(DeadLetter letter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("workflow", letter.workflow());
        fields.put("id", letter.id());
        fields.put("hash", ElementHash.of(letter.id()));
        letter.destination().ifPresent(name -> fields.put("destination", name));
        fields.put("reason", letter.reason());
        fields.put("attempts", letter.attempts());
        fields.put("first", letter.first().toString());
        fields.put("last", letter.last().toString());
        fields.put("data", base64(letter));
        text(letter).ifPresent(text -> fields.put("text", text));
        StringJoiner json = new StringJoiner(",", "{", "}");
        fields.forEach((key, value) ->
                json.add(Escapes.quoted(key) + ":" + (value instanceof Long ? value : Escapes.quoted("" + value))));
        return json.toString();
    }

    /** A letter with everything that is known, a line each. */
    static String lines(DeadLetter letter) {
        StringBuilder lines = new StringBuilder();
        line(lines, "workflow", letter.workflow());
        line(lines, "id", letter.id());
        line(lines, "hash", ElementHash.of(letter.id()));
        line(lines, "destination", letter.destination().orElse("-"));
        line(lines, "reason", letter.reason());
        line(lines, "attempts", String.valueOf(letter.attempts()));
        line(lines, "first", letter.first().toString());
        line(lines, "last", letter.last().toString());
        text(letter).ifPresentOrElse(text -> line(lines, "data", text), () -> line(lines, "base64", base64(letter)));
        return lines.toString();
    }

    private static void line(StringBuilder lines, String label, String value) {
        lines.append(label)
                .append(" ".repeat(Math.max(0, LABEL - label.length())))
                .append(Escapes.visible(value))
                .append(System.lineSeparator());
    }

    private static String base64(DeadLetter letter) {
        return Base64.getEncoder().encodeToString(letter.data());
    }

    /** The message, if it is text. */
    private static Optional<String> text(DeadLetter letter) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(letter.data()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
