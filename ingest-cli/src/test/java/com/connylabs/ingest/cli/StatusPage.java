package com.connylabs.ingest.cli;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running program says about itself. */
final class StatusPage {
    private static final Pattern LISTENING = Pattern.compile("listening on port (\\d+)");
    private static final Duration LONG = Duration.ofSeconds(60);

    private StatusPage() {}

    /** Code and text of {@code /ready}. */
    static String ready(ManagedProcess process) throws IOException, InterruptedException {
        Await.until("listening", LONG, () -> LISTENING.matcher(process.output()).find());
        Matcher matcher = LISTENING.matcher(process.output());
        if (!matcher.find()) {
            throw new AssertionError(process.output());
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + matcher.group(1) + "/ready"))
                .timeout(LONG)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
