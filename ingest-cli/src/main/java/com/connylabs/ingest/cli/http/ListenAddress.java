package com.connylabs.ingest.cli.http;

import java.net.InetSocketAddress;

/**
 * Where to listen, as Go writes it: {@code :9090} for all interfaces, {@code host:9090}, {@code [::1]:9090}.
 *
 * @param host empty for all interfaces
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @param text for example {@code :9090}
     * @return the address
     * @throws IllegalArgumentException if it is none
     */
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || (host.contains(":") && !bracketed)) {
            throw new IllegalArgumentException("an address to listen on is HOST:PORT or :PORT");
        }
        int port = port(text.substring(colon + 1));
        return new ListenAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException("a port is a number from 0 to " + MAX_PORT);
        }
        return Integer.parseInt(text);
    }

    InetSocketAddress resolve() {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
