package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.api.plugin.Secret;
import com.connylabs.ingest.cli.config.Section.Item;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.dequeue.CopyOptions;
import com.connylabs.ingest.core.dequeue.Limits;
import com.connylabs.ingest.core.dequeue.OnChange;
import com.connylabs.ingest.core.dequeue.Retries;
import com.connylabs.ingest.core.webhook.WebhookOptions;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one workflow from its part of the file. Defaults are those of the engine and of the Go original. */
final class WorkflowReader {
    static final Duration INTERVAL = Duration.ofMinutes(5);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final int MOST_AT_ONCE = 10_000;
    private static final int MOST_REQUESTS = 1_000_000;
    private static final Duration LEAST_ACK_WAIT = Duration.ofSeconds(1);

    private final Names workflows = new Names("workflow");
    private final Names sources;
    private final Names destinations;

    WorkflowReader(Names sources, Names destinations) {
        this.sources = sources;
        this.destinations = destinations;
    }

    WorkflowConfig read(Section section) {
        WorkflowConfig workflow = new WorkflowConfig(
                section.path(),
                section.place(),
                name(section),
                source(section),
                destinations(section),
                section.duration("interval").orElse(INTERVAL),
                copy(section));
        section.finish();
        return workflow;
    }

    private String name(Section section) {
        String name = section.requiredText("name");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            section.problem("name", "a workflow's name is made of letters, digits, _ and - only");
        }
        workflows.give(name, section);
        return name;
    }

    private String source(Section section) {
        String name = section.requiredText("source");
        sources.refer(name, reason -> section.problem("source", reason));
        return name;
    }

    private List<String> destinations(Section section) {
        Set<String> names = new LinkedHashSet<>();
        for (Item item : section.texts("destinations")) {
            destinations.refer(item.text(), item.report());
            if (!names.add(item.text())) {
                item.report().accept("\"" + item.text() + "\" stands here already");
            }
        }
        if (names.isEmpty()) {
            section.problem("destinations", "at least one destination is required");
        }
        return List.copyOf(names);
    }

    private static CopyConfig copy(Section section) {
        int batchSize = section.count("batchSize", MOST_AT_ONCE, WebhookOptions.DEFAULT_BATCH_SIZE);
        CopyOptions copying = new CopyOptions(
                section.count("concurrency", MOST_AT_ONCE, batchSize),
                section.flag("cleanUp").orElse(CopyOptions.DEFAULT.cleanUp()),
                section.oneOf("onChange", OnChange.class).orElse(CopyOptions.DEFAULT.onChange()),
                limits(section));
        int attempts = section.count("attempts", MOST_AT_ONCE, Retries.DEFAULT.attempts());
        Optional<Duration> ackWait = ackWait(section);
        Retries retries = new Retries(attempts, backoff(section), ackWait.orElse(Retries.DEFAULT.ackWait()));
        return new CopyConfig(copying, webhook(section, batchSize), retries, ackWait);
    }

    private static Limits limits(Section section) {
        long bytes = section.bytes("bandwidthLimit").orElse(0L);
        int requests = section.count("requestRate", MOST_REQUESTS, 0);
        return new Limits(limit(bytes), limit(requests));
    }

    /** As in rclone and others, 0 is no limit. */
    private static OptionalLong limit(long perSecond) {
        return perSecond == 0 ? OptionalLong.empty() : OptionalLong.of(perSecond);
    }

    private static Optional<WebhookOptions> webhook(Section section, int batchSize) {
        Optional<URI> url = section.webUrl("webhook");
        Optional<Secret> secret = section.text("webhookSecret").map(Secret::new);
        if (secret.isPresent() && !section.has("webhook")) {
            section.problem("webhookSecret", "is of no use without a webhook");
        }
        return url.map(WebhookOptions::of).map(o -> new WebhookOptions(o.url(), secret, o.timeout(), batchSize));
    }

    private static Optional<Duration> ackWait(Section section) {
        Optional<Duration> wait = section.duration("ackWait");
        if (wait.isPresent() && wait.get().compareTo(LEAST_ACK_WAIT) < 0) {
            section.problem("ackWait", "must be at least " + LEAST_ACK_WAIT.toSeconds() + "s");
            return Optional.empty();
        }
        return wait;
    }

    /** Either the first wait alone, or a map with {@code first} and {@code max}. */
    private static Backoff backoff(Section section) {
        Optional<Section> both = section.section("backoff");
        Optional<Duration> first = both.isPresent() ? both.get().duration("first") : section.duration("backoff");
        Optional<Duration> most = both.flatMap(map -> map.duration("max"));
        both.ifPresent(Section::finish);
        Duration from = first.orElse(Retries.DEFAULT.backoff().first());
        Duration to = most.orElse(max(from, Retries.DEFAULT.backoff().most()));
        if (from.isZero() || from.compareTo(to) > 0) {
            section.problem("backoff", "the first wait must be positive, and not longer than the longest");
            return Retries.DEFAULT.backoff();
        }
        return new Backoff(from, to);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
