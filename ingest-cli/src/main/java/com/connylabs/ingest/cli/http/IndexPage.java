package com.connylabs.ingest.cli.http;

/** The page at {@code /}, which leads to the others. */
final class IndexPage {
    static final String HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>ingest</title></head>
            <body>
            <h1>ingest</h1>
            <ul>
            <li><a href="/metrics">/metrics</a>: what happens, for Prometheus</li>
            <li><a href="/live">/live</a>: whether the process runs</li>
            <li><a href="/ready">/ready</a>: whether it can work, and what keeps it from working</li>
            </ul>
            </body>
            </html>
            """;

    private IndexPage() {}
}
