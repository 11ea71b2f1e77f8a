package com.connylabs.ingest.bench;

/** Something to measure. */
public interface Scenario {
    /** Measures, and adds samples to the report. */
    void run(Bench bench) throws Exception;
}
