package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.VerifyingStorage;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import com.connylabs.ingest.core.copy.ObjectCopy.Copied;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings a large object to a single destination that checks by itself what arrives: its bytes pass through, and nothing of it
 * is held. With several destinations it has to be held, because they do not take it at the same speed.
 */
final class DirectCopy {
    private final Fan fan;

    DirectCopy(Fan fan) {
        this.fan = fan;
    }

    /** Whether the destination can be relied upon. It may have to find out, and hang. */
    boolean worksFor(Codec element, ObjectAttributes attributes, Target target)
            throws TargetException, InterruptedException {
        if (attributes.length().isEmpty() || !(target.storage() instanceof VerifyingStorage verifying)) {
            return false;
        }
        return fan.all(
                        List.of(verifying),
                        storage -> target.name(),
                        (storage, progress) ->
                                Calls.at(target.name(), "store", () -> storage.verifies(element, attributes)))
                .orThrow()
                .containsValue(true);
    }

    Copied copy(Codec element, IngestObject object, ObjectAttributes attributes, Target target, Sighting seen)
            throws TargetException, InterruptedException {
        long length = attributes.length().orElseThrow();
        AtomicReference<@Nullable PassingBody> passed = new AtomicReference<>();
        Outcome<Target, URI> stored = fan.all(
                List.of(target),
                Target::name,
                (one, progress) -> Calls.at(one.name(), "store", () -> {
                    PassingBody body = new PassingBody(object.body(), length, progress);
                    passed.set(body);
                    return one.storage().store(element, IngestObject.of(attributes, body), seen);
                }));
        PassingBody body = passed.get();
        TransientException broken = body == null ? null : body.failure();
        if (stored.failure() != null && broken != null) {
            throw new TargetException(
                    TargetException.SOURCE,
                    "download",
                    new TransientException("download " + element.id() + " " + broken.getMessage(), broken));
        }
        return new Copied(stored, length, 0);
    }
}
