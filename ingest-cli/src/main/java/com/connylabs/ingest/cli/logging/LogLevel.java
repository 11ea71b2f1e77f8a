package com.connylabs.ingest.cli.logging;

/** How much is logged. Source: connylabs/ingest, cmd/ingest/main.go, log-level. */
public enum LogLevel {
    /** Everything. */
    ALL,
    /** What helps to find a mistake, with stack traces. */
    DEBUG,
    /** What an operator wants to know. */
    INFO,
    /** What may need attention. */
    WARN,
    /** What went wrong for good. */
    ERROR,
    /** Nothing. */
    NONE
}
