package com.connylabs.ingest.cli.config;

/**
 * Where something stands in a configuration file.
 *
 * @param file the file as the user named it
 * @param line counted from 1
 * @param column counted from 1
 */
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
