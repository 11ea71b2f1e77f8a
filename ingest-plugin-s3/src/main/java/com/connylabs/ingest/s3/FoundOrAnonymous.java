package com.connylabs.ingest.s3;

import java.time.Duration;
import java.util.function.LongSupplier;
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

    private final AwsCredentialsProvider found;
    private final LongSupplier nanoTime;
    private boolean nothingFound;
    private long since;

    FoundOrAnonymous(AwsCredentialsProvider found, LongSupplier nanoTime) {
        this.found = found;
        this.nanoTime = nanoTime;
    }

    static FoundOrAnonymous create() {
        return new FoundOrAnonymous(DefaultCredentialsProvider.builder().build(), System::nanoTime);
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (nothingFound && nanoTime.getAsLong() - since < BELIEVED_NANOS) {
            return AnonymousCredentialsProvider.create().resolveCredentials();
        }
        try {
            AwsCredentials credentials = found.resolveCredentials();
            nothingFound = false;
            return credentials;
        } catch (SdkClientException e) {
            nothingFound = true;
            since = nanoTime.getAsLong();
            return AnonymousCredentialsProvider.create().resolveCredentials();
        }
    }

    @Override
    public void close() {
        if (found instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
