package com.connylabs.ingest.bench.stub;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the bench tells the stub, and asks it: the bucket {@code -} is the stub itself, a key of it a command, and the
 * query what the command is about.
 */
final class Control {
    static final String BUCKET = "-";

    private final Operations operations;
    private final Content content;
    private volatile long latencyMillis;

    Control(Operations operations, Content content) {
        this.operations = operations;
        this.content = content;
    }

    /** How long each request of S3 waits for its answer. */
    long latencyMillis() {
        return latencyMillis;
    }

    Answer answer(Head head) throws InterruptedException {
        Bucket bucket = operations.bucket(head.query("bucket", ""));
        return switch (head.key()) {
            case "fill" -> fill(bucket, head);
            case "expect" -> expect(head);
            case "change" -> change(bucket, head);
            case "clear" -> clear(bucket);
            case "show" -> done(bucket::showOnce);
            case "hide" -> done(bucket::hide);
            case "reset" -> done(bucket::reset);
            case "latency" -> done(() -> latencyMillis = head.number("ms", 0));
            case "listed" -> text(Long.toString(bucket.listed()));
            case "await" ->
                text(Long.toString(bucket.awaitWrites(head.number("count", 1), head.number("seconds", 60))));
            case "counts" -> counts(bucket);
            case "wrong" -> text(Long.toString(wrong(bucket, head.number("size", 0))));
            case "objects" -> text(Integer.toString(bucket.objects.size()));
            default -> Answer.error(404, "NoSuchCommand");
        };
    }

    /** A size with a part size is that of an object that came in parts: its ETag is no MD5 of it. */
    private Answer fill(Bucket bucket, Head head) {
        long size = head.number("size", 0);
        long count = head.number("count", 0);
        String prefix = head.query("name", "object");
        boolean parts = head.query().containsKey("parts");
        for (long i = 0; i < count; i++) {
            String key = key(prefix, i);
            int phase = Content.phaseOf(key);
            String eTag = parts ? content.md5(phase, 4096) + "-2" : content.md5(phase, size);
            bucket.objects.put(key, new Item(eTag, size, phase, headers(head, eTag), System.currentTimeMillis()));
        }
        return text("filled");
    }

    private static String key(String prefix, long number) {
        return String.format(Locale.ROOT, "%s-%09d", prefix, number);
    }

    private Answer expect(Head head) {
        long size = head.number("size", 0);
        for (long i = 0; i < head.number("count", 0); i++) {
            content.md5(Content.phaseOf(key(head.query("name", "object"), i)), size);
        }
        return text("expected");
    }

    private static List<String> headers(Head head, String eTag) {
        String type = "content-type: application/octet-stream";
        return head.query().containsKey("copy") ? List.of(type, "x-amz-meta-ingest-version: " + eTag) : List.of(type);
    }

    /** Gives one object another size. */
    private Answer change(Bucket bucket, Head head) {
        String key = bucket.objects.firstKey();
        long size = head.number("size", 0);
        int phase = Content.phaseOf(key);
        bucket.objects.put(key, new Item(content.md5(phase, size), size, phase, List.of(), System.currentTimeMillis()));
        return text(key);
    }

    private static Answer clear(Bucket bucket) {
        bucket.objects.clear();
        bucket.uploads.clear();
        bucket.reset();
        return text("cleared");
    }

    /** How many objects are not what their name and a size say. */
    private static long wrong(Bucket bucket, long size) {
        return bucket.objects.entrySet().stream()
                .filter(entry ->
                        entry.getValue().size() != size || entry.getValue().phase() != Content.phaseOf(entry.getKey()))
                .count();
    }

    private static Answer counts(Bucket bucket) {
        Map<String, LongAdder> sorted = new TreeMap<>(bucket.counts);
        StringBuilder lines = new StringBuilder();
        sorted.forEach(
                (name, count) -> lines.append(name).append(' ').append(count).append('\n'));
        return text(lines.toString());
    }

    private static Answer done(Runnable command) {
        command.run();
        return text("done");
    }

    private static Answer text(String text) {
        return Answer.text(200, "text/plain", text);
    }
}
