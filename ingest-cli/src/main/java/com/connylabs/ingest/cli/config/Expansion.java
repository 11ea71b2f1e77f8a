package com.connylabs.ingest.cli.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into a value: {@code $VAR}, {@code ${VAR}} and {@code ${VAR:-default}}; {@code $$} is a
 * dollar sign, and so is one that no name follows. It works on single values, so that what a variable holds can never
 * change the structure of the file.
 */
final class Expansion {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:\\$|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}$]*))?\\}|(\\{))");

    private final Map<String, String> environment;

    Expansion(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Expands a value.
     *
     * @return the value; nothing if it is empty, be it in quotes or because its variables are, as if it had not been written: to
     *     the Go original an empty text is a missing one
     * @throws IllegalArgumentException with a reason for the user: a variable is not set, or a reference is malformed
     */
    Optional<String> expand(String text) {
        if (text.indexOf('$') < 0) {
            return Optional.of(text).filter(written -> !written.isEmpty());
        }
        StringBuilder out = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(value(matcher)));
        }
        String expanded = matcher.appendTail(out).toString();
        return expanded.isEmpty() ? Optional.empty() : Optional.of(expanded);
    }

    private String value(Matcher reference) {
        if (reference.group(4) != null) {
            throw new IllegalArgumentException(
                    "malformed ${...}; write ${VAR} or ${VAR:-default}, or $$ for a dollar sign");
        }
        String plain = reference.group(1);
        String name = plain != null ? plain : reference.group(2);
        if (name == null) {
            return "$";
        }
        String value = environment.get(name);
        String fallback = reference.group(3);
        if (fallback != null) {
            return value == null || value.isEmpty() ? fallback : value;
        }
        if (value == null) {
            throw new IllegalArgumentException("environment variable " + name + " is not set; set it, or write ${"
                    + name + ":-default}, or $$ for a dollar sign");
        }
        return value;
    }
}
