package com.connylabs.ingest.it;

import com.connylabs.ingest.testkit.s3.S3Server;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 endpoint as a bystander sees it: not through the plugin. */
public final class Store implements AutoCloseable {
    private final String endpoint;
    private final String accessKey;
    private final String secretKey;
    private final S3Client client;

    private Store(String endpoint, URI uri, String accessKey, String secretKey) {
        this.endpoint = endpoint;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.client = S3Client.builder()
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
                .httpClient(Apache5HttpClient.create())
                .build();
    }

    public static Store of(S3Server server) {
        return new Store(server.endpoint(), server.uri(), server.accessKey(), server.secretKey());
    }

    public static Store of(S3Stub stub) {
        return new Store(stub.endpoint(), stub.uri(), stub.accessKey(), stub.secretKey());
    }

    /** The plugin's keys for a bucket here, and some more lines of the same depth. */
    public String yaml(String name, String bucket, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "- name: " + name,
                "  type: s3",
                "  endpoint: " + endpoint,
                "  insecure: true",
                "  bucket: " + bucket,
                "  accessKeyID: " + accessKey,
                "  secretAccessKey: " + secretKey));
        for (String line : more) {
            lines.add("  " + line);
        }
        return String.join("\n", lines) + "\n";
    }

    /** The same endpoint, as it is reached through a proxy. */
    public String through(String proxy, String yaml) {
        return yaml.replace("endpoint: " + endpoint, "endpoint: " + proxy);
    }

    /** The same endpoint under another name: nobody can know that one could copy to the other by itself. */
    public String byAnotherName(String yaml) {
        return through(endpoint.replace("127.0.0.1", "localhost"), yaml);
    }

    public void put(String bucket, String key, byte[] body, Consumer<PutObjectRequest.Builder> more) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key);
        more.accept(request);
        client.putObject(request.build(), RequestBody.fromBytes(body));
    }

    void put(String bucket, String key, byte[] body) {
        put(bucket, key, body, request -> {});
    }

    public ResponseBytes<GetObjectResponse> get(String bucket, String key) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key));
    }

    /** Keys and lengths. */
    public Map<String, Long> list(String bucket) {
        Map<String, Long> keys = new TreeMap<>();
        for (S3Object object :
                client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents()) {
            keys.put(object.key(), object.size());
        }
        return keys;
    }

    public int openUploads(String bucket) {
        return client.listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    public S3Client client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
