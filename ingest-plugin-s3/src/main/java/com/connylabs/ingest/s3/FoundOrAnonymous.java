package com.connylabs.ingest.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials that the SDK finds in the environment, in files or at the machine's metadata service, or none. That
 * nothing was found is believed for some minutes, because asking a metadata service that is not there takes time.
 */
final class FoundOrAnonymous implements AwsCredentialsProvider, SdkAutoCloseable {
    private static final long BELIEVED_NANOS = Duration.ofMinutes(5).toNanos();

    private final DefaultCredentialsProvider found =
            DefaultCredentialsProvider.builder().build();
    private boolean nothingFound;
    private long since;

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (nothingFound && System.nanoTime() - since < BELIEVED_NANOS) {
            return AnonymousCredentialsProvider.create().resolveCredentials();
        }
        try {
            AwsCredentials credentials = found.resolveCredentials();
            nothingFound = false;
            return credentials;
        } catch (SdkClientException e) {
            nothingFound = true;
            since = System.nanoTime();
            return AnonymousCredentialsProvider.create().resolveCredentials();
        }
    }

    @Override
    public void close() {
        found.close();
    }
}
