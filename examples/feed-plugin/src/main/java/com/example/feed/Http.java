package com.example.feed;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * GET requests, and what goes wrong with them in the words of the API. Safe to use from many threads.
 *
 * <p>{@link HttpURLConnection} rather than {@code java.net.http}: its time-out holds for the body too, and it leaves no
 * thread behind when the plugin is closed.
 */
final class Http {
    private static final int MOST_REDIRECTS = 5;

    private final Set<String> hosts;
    private final int timeoutMillis;

    /** Talks to these hosts only: a feed must not make us fetch what only we can reach. */
    Http(Set<String> hosts, Duration timeout) {
        this.hosts = Set.copyOf(hosts);
        this.timeoutMillis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    }

    static boolean speaks(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
    }

    /** The answer, with its headers read and its body not; or empty if there is nothing at this address. */
    Optional<HttpURLConnection> get(URI uri) throws IngestException, InterruptedException {
        URI at = uri;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpURLConnection answer = request(at);
            int status = status(answer, at);
            if (status == 404 || status == 410) {
                return Optional.empty();
            }
            String location = answer.getHeaderField("Location");
            if (status / 100 != 3 || location == null) {
                throwUnlessOk(status, at);
                return Optional.of(answer);
            }
            at = resolve(at, location);
        }
        throw new PermanentException(shown(uri) + ": more than " + MOST_REDIRECTS + " redirects");
    }

    /** An address without its query, which may hold a token. */
    static String shown(URI uri) {
        String text = uri.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?...";
    }

    private HttpURLConnection request(URI uri) throws IngestException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!speaks(uri) || !hosts.contains(uri.getHost())) {
            throw new PermanentException(
                    shown(uri) + ": only these hosts may be asked: " + hosts + "; add others to \"hosts\"");
        }
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            connection.setInstanceFollowRedirects(false);
            return connection;
        } catch (IOException e) {
            throw new PermanentException(shown(uri) + ": is no address: " + e.getMessage(), e);
        }
    }

    private static int status(HttpURLConnection connection, URI uri) throws EndpointException {
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            throw new EndpointException(shown(uri) + ": no answer: " + e, e);
        }
    }

    private static void throwUnlessOk(int status, URI uri) throws IngestException {
        if (status == 200) {
            return;
        }
        String message = shown(uri) + ": HTTP status " + status;
        boolean refused = status == 401 || status == 403;
        boolean busy = status == 408 || status == 429 || status >= 500;
        throw refused || busy ? new EndpointException(message) : new PermanentException(message);
    }

    private static URI resolve(URI from, String location) throws PermanentException {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new PermanentException(shown(from) + ": redirects to what is no address: " + location, e);
        }
    }
}
