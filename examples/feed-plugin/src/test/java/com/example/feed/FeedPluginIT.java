package com.example.feed;

import com.connylabs.ingest.tck.PluginContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class FeedPluginIT extends PluginContract {
    @Override
    protected List<Path> jars() {
        return List.of(Path.of(System.getProperty("feed.jar")));
    }

    @Override
    protected String type() {
        return "feed";
    }

    @Override
    protected Optional<Map<String, ?>> config(Kind kind) {
        return kind == Kind.SOURCE
                ? Optional.of(Map.of("url", "http://127.0.0.1:9/feed.xml", "hosts", List.of("localhost")))
                : Optional.empty();
    }

    @Override
    protected Set<String> requiredKeys(Kind kind) {
        return Set.of("url");
    }

    @Override
    protected Set<String> secretKeys() {
        return Set.of();
    }
}
