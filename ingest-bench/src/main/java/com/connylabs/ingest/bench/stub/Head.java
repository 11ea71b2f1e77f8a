package com.connylabs.ingest.bench.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The head of a request.
 *
 * @param method as in HTTP
 * @param bucket empty for none
 * @param key decoded, empty for none
 * @param query decoded
 * @param headers by lower-case name
 */
record Head(String method, String bucket, String key, Map<String, String> query, Map<String, String> headers) {

    /** From the text before the empty line. */
    static Head parse(String text) {
        String[] lines = text.split("\r\n", -1);
        String[] request = lines[0].split(" ", -1);
        String target = request[1];
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        int slash = path.indexOf('/', 1);
        String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String key = slash < 0 ? "" : decode(path.substring(slash + 1));
        return new Head(
                request[0], bucket, key, query(question < 0 ? "" : target.substring(question + 1)), headers(lines));
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(
                    equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    String query(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    long number(String name, long otherwise) {
        String value = query.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    long bodyLength() {
        return Long.parseLong(headers.getOrDefault("content-length", "0"));
    }

    /** Whether the body has sizes and signatures in it, as S3 defines it. */
    boolean isInChunks() {
        return headers.containsKey("x-amz-decoded-content-length");
    }

    /** The lines that a store keeps with an object. */
    List<String> kept() {
        List<String> kept = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (name.startsWith("x-amz-meta-") || name.equals("content-type")) {
                kept.add(name + ": " + value);
            }
        });
        return kept;
    }
}
