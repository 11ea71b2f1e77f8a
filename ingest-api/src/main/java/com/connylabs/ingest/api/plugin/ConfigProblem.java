package com.connylabs.ingest.api.plugin;

import java.io.Serializable;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key the key that it is about, as the plugin calls it
 * @param reason what is wrong and what would be right
 */
public record ConfigProblem(String key, String reason) implements Serializable {
    @Override
    public String toString() {
        return key + ": " + reason;
    }
}
