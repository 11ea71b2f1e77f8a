package com.connylabs.ingest.core.queue.nats;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The servers to connect to, and what their URLs said about logging in, taken out of them: a URL with a password would
 * turn up in messages sooner or later.
 *
 * @param servers URLs without user, password and token
 * @param user name of the user, if the URL had one
 * @param secret password, or token if there is no user
 */
record NatsEndpoint(List<String> servers, Optional<String> user, Optional<String> secret) {
    private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");
    private static final String SEPARATOR = "://";

    /**
     * Takes a list of URLs apart.
     *
     * @throws IllegalArgumentException if there is none, or one has another scheme; the message has no secret
     */
    static NatsEndpoint parse(String endpoint) {
        List<String> servers = new ArrayList<>();
        Optional<String> info = Optional.empty();
        for (String url : endpoint.split(",", -1)) {
            String trimmed = withScheme(url.strip());
            int at = trimmed.lastIndexOf('@');
            int start = trimmed.indexOf(SEPARATOR);
            servers.add(
                    scheme(trimmed, start) + SEPARATOR + host(trimmed, Math.max(at + 1, start + SEPARATOR.length())));
            if (at > 0 && info.isEmpty()) {
                info = Optional.of(trimmed.substring(start + SEPARATOR.length(), at));
            }
        }
        return info.map(text -> withLogin(servers, text))
                .orElseGet(() -> new NatsEndpoint(List.copyOf(servers), Optional.empty(), Optional.empty()));
    }

    /** As in nats.go, a host will do. What looks like a file is left to be refused. */
    private static String withScheme(String url) {
        boolean host = !url.isEmpty() && !url.contains("/") && !url.startsWith("file:");
        return host ? "nats" + SEPARATOR + url : url;
    }

    private static String scheme(String url, int end) {
        String scheme = end < 0 ? "" : url.substring(0, end).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException(
                    "a queue endpoint on NATS begins with nats://, tls://, ws:// or wss://, as in nats://localhost:4222");
        }
        return scheme;
    }

    private static String host(String url, int start) {
        String host = url.substring(start);
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a queue endpoint lacks its host, as in nats://localhost:4222");
        }
        return host;
    }

    private static NatsEndpoint withLogin(List<String> servers, String info) {
        int colon = info.indexOf(':');
        return colon < 0
                ? new NatsEndpoint(List.copyOf(servers), Optional.empty(), Optional.of(decode(info)))
                : new NatsEndpoint(
                        List.copyOf(servers),
                        Optional.of(decode(info.substring(0, colon))),
                        Optional.of(decode(info.substring(colon + 1))));
    }

    private static String decode(String text) {
        try {
            // In a URL's authority + is a plus, unlike in a form.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Whether the scheme alone asks for TLS. */
    boolean secure() {
        return servers.stream().anyMatch(url -> url.startsWith("tls:") || url.startsWith("wss:"));
    }

    /** The servers, for messages. */
    @Override
    public String toString() {
        return String.join(",", servers);
    }
}
