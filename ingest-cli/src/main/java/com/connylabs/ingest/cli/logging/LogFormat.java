package com.connylabs.ingest.cli.logging;

/** How a line of the log looks. */
public enum LogFormat {
    /** Text on a terminal, JSON elsewhere. */
    AUTO,
    /** For people. */
    TEXT,
    /** An object a line, for machines. */
    JSON
}
