package com.example.feed;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.Plugin;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Makes sources of the type {@code feed}. Reads all keys first and complains once, so that a user sees every mistake. */
public final class FeedPlugin implements Plugin {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Override
    public String type() {
        return "feed";
    }

    @Override
    public Source source(PluginContext context) throws ConfigException {
        PluginConfig config = context.config();
        URI feed = url(config);
        Duration timeout = config.duration("timeout").orElse(TIMEOUT);
        Set<String> hosts = new HashSet<>(config.strings("hosts"));
        if (timeout.toMillis() < 1) {
            config.problem("timeout", "must be at least 1ms");
        }
        config.finish();
        hosts.add(feed.getHost());
        return new FeedSource(feed, new Http(hosts, timeout));
    }

    private static URI url(PluginConfig config) {
        String text = config.requiredString("url");
        try {
            URI url = URI.create(text);
            if (!text.isEmpty() && (!Http.speaks(url) || url.getRawUserInfo() != null)) {
                config.problem(
                        "url", "expected an address like https://example.com/feed.xml, without user and password");
            }
            return url;
        } catch (IllegalArgumentException e) {
            config.problem("url", "is no address: " + e.getMessage());
            return URI.create("");
        }
    }
}
