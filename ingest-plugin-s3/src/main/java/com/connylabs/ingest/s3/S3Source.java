package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.LocatedObject;
import com.connylabs.ingest.api.LocatingClient;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.plugin.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A bucket, or what begins with a prefix in it, as source. */
final class S3Source implements Source, LocatingClient {
    /** Makes S3 state the object's checksum. A header, because with the SDK's own switch the SDK would compute it, too. */
    private static final Map<String, String> WITH_CHECKSUM = Map.of("x-amz-checksum-mode", "ENABLED");

    private final SourceConfig config;
    private final S3Connection connection;
    private final S3CleanUp cleanUp;

    S3Source(SourceConfig config) {
        this.config = config;
        this.connection = new S3Connection(config.store());
        this.cleanUp = new S3CleanUp(connection);
    }

    @Override
    public Nexter nexter() {
        return new S3Nexter(connection, config);
    }

    @Override
    public Optional<IngestObject> download(Codec element) throws IngestException, InterruptedException {
        String key = element.id();
        String what = "download " + connection.name(key);
        return connection
                .find(what, requests -> requests.get(key, WITH_CHECKSUM))
                .map(answer -> object(key, what, answer));
    }

    private IngestObject object(String key, String what, ObjectAnswer answer) {
        ObjectAttributes attributes = Attributes.of(answer);
        InputStream checked = new S3Body(answer, attributes.length().orElse(-1), what);
        Optional<String> version = attributes.version();
        if (version.isEmpty() || attributes.length().isEmpty()) {
            return IngestObject.of(attributes, checked);
        }
        long length = attributes.length().getAsLong();
        return IngestObject.of(attributes, checked, new S3Ranges(connection, key, version.get(), length));
    }

    @Override
    public Object origin() {
        return CopyOrigin.of(config.store());
    }

    @Override
    public Optional<LocatedObject> locate(Codec element) throws IngestException, InterruptedException {
        String key = element.id();
        Optional<ObjectAttributes> looked = connection.head(key).map(Attributes::of);
        return (looked.isPresent() ? looked : opened(element))
                .map(attributes -> new LocatedObject(
                        attributes,
                        new CopySource(
                                connection.bucket(), key, attributes.version().orElse(""))));
    }

    /** The answer to HEAD does not tell an object that is gone from a bucket that is; that to a download does. */
    private Optional<ObjectAttributes> opened(Codec element) throws IngestException, InterruptedException {
        Optional<IngestObject> there = download(element);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        try (IngestObject object = there.get()) {
            return Optional.of(object.attributes());
        } catch (IOException e) {
            throw new TransientException("look at " + connection.name(element.id()) + ": " + e, e);
        }
    }

    @Override
    public CleanUpResult cleanUp(Codec element) throws IngestException, InterruptedException {
        return cleanUp.remove(element.id(), element.knownVersion());
    }

    @Override
    public void check() throws IngestException, InterruptedException {
        connection.check();
    }

    @Override
    public URI location() {
        return config.store().location();
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "S3Source[" + location() + "]";
    }
}
