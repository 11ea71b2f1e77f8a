package com.connylabs.ingest.bench.peer;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** The SDK with the settings of our S3 plugin, and nothing around it. */
final class BareClient {
    private static final int MAX_CONNECTIONS = 256;

    private BareClient() {}

    static S3Client of(String endpoint) {
        return S3Client.builder()
                .httpClient(Apache5HttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .tcpKeepAlive(true)
                        .build())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://" + endpoint))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .build();
    }
}
