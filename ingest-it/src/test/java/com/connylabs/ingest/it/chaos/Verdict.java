package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.it.Store;
import com.connylabs.ingest.it.chaos.Violation.Rule;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Compares what is there in the end with what was written. */
final class Verdict {
    private final Ledger ledger;
    private final S3Stub source;
    private final Store stores;
    private final Set<String> givenUp;
    private final Queue<Violation> found = new ConcurrentLinkedQueue<>();

    /** A verdict. {@code givenUp} are the keys that have dead letters. */
    Verdict(Ledger ledger, S3Stub source, Store stores, Set<String> givenUp) {
        this.ledger = ledger;
        this.source = source;
        this.stores = stores;
        this.givenUp = givenUp;
    }

    /** What has been in the queue, and is neither there any more nor in the destinations. */
    List<Violation> lost() {
        for (String bucket : Site.DESTINATIONS) {
            Set<String> present = stores.list(bucket).keySet();
            // Not those that were overwritten: if a worker had the older version, the newer is for the next listing.
            ledger.neverChanged().stream()
                    .filter(key -> !present.contains(key) && !givenUp.contains(key))
                    .forEach(key -> add(
                            Rule.NOTHING_LOST,
                            bucket + "/" + key,
                            "is not there, and no message asks for it; written: " + ledger.last(key)));
        }
        return List.copyOf(found);
    }

    List<Violation> violations() {
        ledger.keys().forEach(this::checkSource);
        for (String bucket : Site.DESTINATIONS) {
            Set<String> present = stores.list(bucket).keySet();
            ledger.keys().parallelStream().forEach(key -> checkDestination(bucket, key, present.contains(key)));
            present.stream()
                    .filter(key -> !key.startsWith(Site.MARKERS) && !ledger.knows(key))
                    .forEach(key -> add(Rule.ONLY_WHAT_WAS_WRITTEN, bucket + "/" + key, "nobody wrote this key"));
            checkMarkers(bucket, present);
            checkUploads(bucket);
        }
        return List.copyOf(found);
    }

    private void checkSource(String key) {
        Optional<String> there = source.object(Site.SOURCE, key).map(object -> Version.sha256(object.body()));
        Version last = ledger.last(key);
        if (there.isPresent() && !there.get().equals(last.sha256())) {
            add(Rule.SOURCE_UNTOUCHED, key, "is not the last version any more, which was " + last);
        } else if (there.isEmpty() && Flow.of(key) == Flow.KEEP) {
            add(Rule.SOURCE_UNTOUCHED, key, "is gone, without cleanUp");
        } else if (there.isPresent() && Flow.of(key) == Flow.CLEAN && !givenUp.contains(key)) {
            add(Rule.CLEANED_UP, key, "is still there in " + last + ", and no dead letter tells why");
        }
    }

    private void checkDestination(String bucket, String key, boolean present) {
        Version last = ledger.last(key);
        boolean atSource = source.object(Site.SOURCE, key).isPresent();
        if (atSource && givenUp.contains(key)) {
            return;
        }
        Rule rule = atSource ? Rule.LAST_VERSION_EVERYWHERE : Rule.NOTHING_DELETED_UNSEEN;
        if (!present) {
            add(rule, bucket + "/" + key, "is not there; last written: " + last);
            return;
        }
        byte[] content = stores.get(bucket, key).asByteArrayUnsafe();
        String sha256 = Version.sha256(content);
        if (sha256.equals(last.sha256())) {
            return;
        }
        Optional<Version> older = ledger.find(key, sha256);
        add(
                older.isPresent() ? rule : Rule.ONLY_WHAT_WAS_WRITTEN,
                bucket + "/" + key,
                "has " + older.map(Version::toString).orElseGet(() -> Version.shorten(content)) + "; last written: "
                        + last);
    }

    private void checkMarkers(String bucket, Set<String> present) {
        for (String marker : present) {
            if (marker.startsWith(Site.MARKERS)) {
                String key = Flow.KEEP.prefix()
                        + marker.substring(Site.MARKERS.length()).replaceFirst("\\.done$", "");
                if (!Site.marked(Flow.KEEP, bucket) || !present.contains(key)) {
                    add(Rule.MARKERS_MATCH, bucket + "/" + marker, "stands for nothing");
                }
            }
        }
        present.stream()
                .filter(key -> key.startsWith(Flow.KEEP.prefix()) && Site.marked(Flow.KEEP, bucket))
                .map(key -> Site.MARKERS + key.substring(Flow.KEEP.prefix().length()) + ".done")
                .filter(marker -> !present.contains(marker))
                .forEach(marker -> add(Rule.MARKERS_MATCH, bucket + "/" + marker, "is missing"));
    }

    private void checkUploads(String bucket) {
        stores.client()
                .listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .forEach(upload -> add(Rule.NO_OPEN_UPLOAD, bucket + "/" + upload.key(), upload.uploadId()));
    }

    private void add(Rule rule, String what, String detail) {
        found.add(new Violation(rule, what, detail));
    }
}
