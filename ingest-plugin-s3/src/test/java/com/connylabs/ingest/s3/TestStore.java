package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.testkit.s3.S3Server;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket to test with, and a client that looks at it past the plugin. */
final class TestStore implements AutoCloseable {
    private final String endpoint;
    private final String accessKey;
    private final String secretKey;
    private final String bucket;
    private final S3Plugin plugin = new S3Plugin();
    private final SdkHttpClient http = Clients.http("http");
    private final S3Client client;

    private TestStore(String endpoint, String accessKey, String secretKey, String bucket) {
        this.endpoint = endpoint;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.bucket = bucket;
        this.client = S3Client.builder()
                .httpClient(http)
                .endpointOverride(URI.create("http://" + endpoint))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .build();
    }

    static TestStore of(S3Server server, String bucket) throws Exception {
        server.createBucket(bucket);
        return new TestStore(server.endpoint(), server.accessKey(), server.secretKey(), bucket);
    }

    static TestStore of(S3Stub stub, String bucket) {
        stub.createBucket(bucket);
        return new TestStore(stub.endpoint(), stub.accessKey(), stub.secretKey(), bucket);
    }

    String bucket() {
        return bucket;
    }

    S3Client client() {
        return client;
    }

    /** A context of the plugin; keys and values in turn, which go before the usual ones. */
    PluginContext context(String... keysAndValues) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "endpoint", endpoint,
                "insecure", "true",
                "accessKeyID", accessKey,
                "secretAccessKey", secretKey,
                "bucket", bucket,
                "partSize", "5MiB"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new PluginContext("test", new PluginConfig(values));
    }

    /** The destinations of one store come from one plugin. */
    S3Destination destination(String... keysAndValues) throws ConfigException {
        return (S3Destination) plugin.destination(context(keysAndValues));
    }

    S3Source source(String... keysAndValues) throws ConfigException {
        return (S3Source) plugin.source(context(keysAndValues));
    }

    void put(String key, byte[] bytes) {
        client.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }

    Optional<byte[]> read(String key) {
        try {
            return Optional.of(
                    client.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    void remove(String key) {
        client.deleteObject(b -> b.bucket(bucket).key(key));
    }

    List<String> keys() {
        return client.listObjectsV2Paginator(b -> b.bucket(bucket).encodingType("url")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    List<String> openUploads() {
        return client.listMultipartUploads(b -> b.bucket(bucket)).uploads().stream()
                .map(upload -> upload.key() + " " + upload.uploadId())
                .toList();
    }

    /** The objects, and what should not be there. */
    List<String> contents() {
        List<String> contents = new ArrayList<>(keys());
        openUploads().forEach(upload -> contents.add("open upload of " + upload));
        return contents;
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }
}
