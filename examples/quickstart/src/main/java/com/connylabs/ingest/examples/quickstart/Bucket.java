package com.connylabs.ingest.examples.quickstart;

import static software.amazon.awssdk.core.checksums.RequestChecksumCalculation.WHEN_REQUIRED;

import com.connylabs.ingest.testkit.s3.S3Server;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of an S3 server on this machine, as any S3 client sees it. */
record Bucket(String name, S3Server server, S3Client client) implements AutoCloseable {

    /** Makes the bucket. The settings are those that every S3 server takes, not only Amazon's. */
    static Bucket create(String name, S3Server server) throws Exception {
        server.createBucket(name);
        AwsBasicCredentials credentials = AwsBasicCredentials.create(server.accessKey(), server.secretKey());
        S3Client client = S3Client.builder()
                .endpointOverride(server.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .forcePathStyle(true)
                .requestChecksumCalculation(WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
        return new Bucket(name, server, client);
    }

    void put(String key, Content content) {
        client.putObject(
                request -> request.bucket(name)
                        .key(key)
                        .contentType(content.type())
                        .metadata(content.metadata()),
                RequestBody.fromBytes(content.bytes()));
    }

    /** Keys and lengths of all objects. */
    Map<String, Long> list() {
        return client.listObjectsV2Paginator(request -> request.bucket(name)).contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::size, (a, b) -> a, TreeMap::new));
    }

    Content get(String key) {
        var answer = client.getObjectAsBytes(request -> request.bucket(name).key(key));
        Map<String, String> metadata = new TreeMap<>(answer.response().metadata());
        metadata.keySet().removeIf(own -> own.startsWith("ingest-"));
        return new Content(answer.asByteArray(), answer.response().contentType(), metadata);
    }

    /** Its part of a configuration file. */
    String yaml() {
        return """
                - name: %s
                  type: s3
                  endpoint: %s
                  insecure: true
                  bucket: %s
                  accessKeyID: %s
                  secretAccessKey: %s
                """.formatted(name, server.endpoint(), name, server.accessKey(), server.secretKey());
    }

    @Override
    public void close() {
        client.close();
    }
}
