package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Sighting;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes an object visible, if the destination still has what was seen there. The request says so itself, and the store
 * decides. That is not the only safeguard, because some stores ignore the condition: when what was seen is some seconds
 * old, it is looked at again before the request, and always where the store is known to refuse conditions.
 */
final class Commit {
    /** Small objects follow their look more quickly, and cost no second one. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final String IF_MATCH = "if-match";
    private static final String IF_NONE_MATCH = "if-none-match";

    private final S3Connection connection;
    private final Conditions conditions;
    private final @Nullable Sighting seen;
    private final Look look;

    /** Looks again, and throws a {@link ChangedException} if something else is there. */
    interface Look {
        void again() throws IngestException, InterruptedException;
    }

    /** The request, with headers of ours. */
    interface Write<T> {
        T send(ObjectRequests requests, Map<String, String> headers);
    }

    private Commit(S3Connection connection, Conditions conditions, @Nullable Sighting seen, Look look) {
        this.connection = connection;
        this.conditions = conditions;
        this.seen = seen;
        this.look = look;
    }

    /** Whatever is there. */
    static Commit always(S3Connection connection) {
        return new Commit(connection, connection.conditions(), null, () -> {});
    }

    static Commit over(S3Connection connection, Sighting seen, Look look) {
        return over(connection, connection.conditions(), seen, look);
    }

    /** For requests that a store may know other conditions with. */
    static Commit over(S3Connection connection, Conditions conditions, Sighting seen, Look look) {
        return new Commit(connection, conditions, seen, look);
    }

    <T> T run(String what, Write<T> write) throws IngestException, InterruptedException {
        Map<String, String> condition = condition();
        lookIfOld();
        try {
            return connection.call(what, requests -> write.send(requests, condition));
        } catch (IngestException e) {
            if (condition.isEmpty() || !(e.getCause() instanceof S3Exception answer)) {
                throw e;
            }
            if (saysChanged(answer, condition)) {
                throw new ChangedException(what + ": the destination was changed meanwhile; it is looked at again", e);
            }
            if (!Conditions.mayBeRefusal(answer)) {
                throw e;
            }
        }
        look.again();
        T done = connection.call(what, requests -> write.send(requests, Map.of()));
        conditions.refuse();
        return done;
    }

    /** Looks again if the condition is not all that counts: before a request, and before the end of one that takes long. */
    void lookIfOld() throws IngestException, InterruptedException {
        if (seen != null && (condition().isEmpty() || seen.age().compareTo(FRESH) > 0)) {
            look.again();
        }
    }

    /** Empty if nothing is to be asked, or the store gave no ETag that could be asked for, or takes no conditions. */
    private Map<String, String> condition() {
        if (seen == null || conditions.refused()) {
            return Map.of();
        }
        if (seen.found().isEmpty()) {
            return Map.of(IF_NONE_MATCH, "*");
        }
        return seen.found()
                .flatMap(ObjectInfo::revision)
                .filter(eTag -> !eTag.startsWith("W/")) // weak ones match nothing
                .map(eTag -> Map.of(IF_MATCH, Versions.eTag(eTag)))
                .orElse(Map.of());
    }

    private static boolean saysChanged(S3Exception answer, Map<String, String> condition) {
        boolean gone = S3Errors.isAbsent(answer) && !S3Errors.code(answer).equals("NoSuchUpload");
        return answer.statusCode() == 412
                || S3Errors.code(answer).equals("ConditionalRequestConflict")
                || (gone && condition.containsKey(IF_MATCH));
    }
}
