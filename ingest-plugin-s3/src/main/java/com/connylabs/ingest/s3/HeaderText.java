package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Header values beyond ASCII. Some stores refuse them and others mangle them, so they travel as RFC 2047 says ({@code
 * =?UTF-8?B?...?=}), which is also how S3 hands them out. Values in ASCII stay as they are.
 */
final class HeaderText {
    /** Bytes of text in an encoded word, of which RFC 2047 allows 75 characters. */
    private static final int WORD_BYTES = 45;

    private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/=]*)\\?=");

    private HeaderText() {}

    static String encode(String value) {
        if (isWithin(value, ' ', '~')) {
            return value;
        }
        StringBuilder encoded = new StringBuilder();
        StringBuilder word = new StringBuilder();
        int bytes = 0;
        for (int at = 0; at < value.length(); at = value.offsetByCodePoints(at, 1)) {
            String character = Character.toString(value.codePointAt(at));
            int more = character.getBytes(UTF_8).length;
            if (bytes + more > WORD_BYTES) {
                append(encoded, word);
                bytes = 0;
            }
            word.append(character);
            bytes += more;
        }
        append(encoded, word);
        return encoded.toString();
    }

    private static void append(StringBuilder encoded, StringBuilder word) {
        encoded.append(encoded.length() == 0 ? "" : " ").append("=?UTF-8?B?");
        encoded.append(Base64.getEncoder().encodeToString(word.toString().getBytes(UTF_8)))
                .append("?=");
        word.setLength(0);
    }

    /** The reverse of {@link #encode}; what is not as that makes it stays as it is. */
    static String decode(String value) {
        StringBuilder decoded = new StringBuilder();
        Matcher word = WORD.matcher(value);
        int end = 0;
        while (word.find()) {
            // Blanks between two words are no part of the text.
            String between = value.substring(end, word.start());
            decoded.append(end > 0 && between.isBlank() ? "" : between);
            decoded.append(text(word));
            end = word.end();
        }
        return decoded.append(value, end, value.length()).toString();
    }

    private static String text(Matcher word) {
        try {
            return new String(Base64.getDecoder().decode(word.group(1)), UTF_8);
        } catch (IllegalArgumentException e) {
            return word.group();
        }
    }

    /** What a store meant that sent a header as UTF-8, which HTTP clients read as Latin-1. */
    static String received(String value) {
        if (isWithin(value, 0, 0x7f) || !isWithin(value, 0, 0xff)) {
            return value;
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }

    private static boolean isWithin(String text, int first, int last) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < first || text.charAt(i) > last) {
                return false;
            }
        }
        return true;
    }
}
