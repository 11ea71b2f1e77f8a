package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.PluginConfig;
import java.util.Map;
import java.util.TreeMap;

/** Configurations for tests. */
final class Configs {
    private Configs() {}

    /** Keys and values in turn; the bucket is there already. */
    static PluginConfig of(String... keysAndValues) {
        Map<String, String> values = new TreeMap<>(Map.of("bucket", "photos"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new PluginConfig(values);
    }

    static StoreConfig store(String... keysAndValues) {
        return StoreConfig.read(of(keysAndValues));
    }
}
