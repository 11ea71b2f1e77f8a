package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.cli.logging.Escapes;

/**
 * One thing that is wrong in a configuration.
 *
 * @param place the file, and the line unless it is about the file as a whole
 * @param path the key's path, for example {@code workflows[0].batchSize}; empty when there is none
 * @param reason what is wrong, and what would be right
 */
public record Problem(String place, String path, String reason) {
    /** One line for people: place, path and reason. */
    @Override
    public String toString() {
        return place + ": " + (path.isEmpty() ? "" : Escapes.visible(path) + ": ") + reason;
    }
}
