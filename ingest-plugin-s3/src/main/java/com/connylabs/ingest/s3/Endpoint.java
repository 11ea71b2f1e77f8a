package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.PluginConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a store is.
 *
 * @param secure whether it is spoken to with TLS
 * @param authority host and, unless it is the usual one, port
 */
record Endpoint(boolean secure, String authority) {
    static final Endpoint AWS = new Endpoint(true, "s3.amazonaws.com");

    private static final Pattern AWS_HOST = Pattern.compile("s3(?:[.-]([a-z]{2}(?:-[a-z]+)+-\\d))?\\.amazonaws\\.com");

    /** Whatever leads to Amazon's, be it by IPv6 or to one region. */
    private static final Pattern ANY_AWS_HOST = Pattern.compile("s3(?:[.-].+)?\\.amazonaws\\.com");

    private static final String OF_GOVERNMENT = "us-gov-";

    /** From the keys {@code endpoint} and {@code insecure}; what is wrong is noted there. */
    static Endpoint read(PluginConfig config) {
        String text = config.string("endpoint").map(String::trim).orElse("");
        boolean insecure = config.flag("insecure");
        if (text.isEmpty()) {
            return new Endpoint(!insecure, AWS.authority);
        }
        boolean isUrl = text.contains("://");
        try {
            URI uri = new URI(isUrl ? text : "s3://" + text).parseServerAuthority();
            Optional<String> problem = problem(uri, isUrl, insecure);
            if (problem.isEmpty()) {
                boolean secure = isUrl ? "https".equalsIgnoreCase(uri.getScheme()) : !insecure;
                return new Endpoint(secure, authority(uri, secure));
            }
            config.problem("endpoint", problem.get());
        } catch (URISyntaxException e) {
            config.problem("endpoint", "expected a host, or host:port");
        }
        return AWS;
    }

    private static Optional<String> problem(URI uri, boolean isUrl, boolean insecure) {
        String scheme = isUrl ? uri.getScheme().toLowerCase(Locale.ROOT) : "https";
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.of("expected a host, host:port, or a URL that begins with http:// or https://");
        }
        if (isUrl && insecure && scheme.equals("https")) {
            return Optional.of("begins with https://, but insecure is true; give one or the other");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("must not contain credentials; give accessKeyID and secretAccessKey");
        }
        boolean path = !uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/");
        if (uri.getHost() == null || path || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("expected a host, or host:port, without a path; the bucket has a key of its own");
        }
        boolean valid = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() < 65_536);
        return valid ? Optional.empty() : Optional.of("the port must be between 1 and 65535");
    }

    private static String authority(URI uri, boolean secure) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int usual = secure ? 443 : 80;
        return uri.getPort() == -1 || uri.getPort() == usual ? host : host + ":" + uri.getPort();
    }

    URI uri() {
        return URI.create((secure ? "https://" : "http://") + authority);
    }

    /** Whether this is Amazon's own S3, whose SDK knows best how to reach it. */
    boolean isAws() {
        return secure && AWS_HOST.matcher(authority).matches();
    }

    /**
     * Whose buckets are found there, for comparing. Amazon's are the same at each of its hosts, because a bucket's name is
     * used once in all regions; those of its regions for the government are others.
     */
    String store() {
        boolean aws = ANY_AWS_HOST.matcher(authority).matches() && !authority.contains(OF_GOVERNMENT);
        return aws ? AWS.authority : authority;
    }

    /** The region that the host name tells. */
    Optional<String> region() {
        Matcher matcher = AWS_HOST.matcher(authority);
        return matcher.matches() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }
}
