package com.connylabs.ingest.s3;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials that the SDK finds in the environment, in files or at the machine's metadata service, or none. That
 * nothing was found is believed for some minutes, because asking a metadata service that is not there takes time. Once there
 * were some, it is an outage of whoever gives them, and believed for some seconds.
 */
final class FoundOrAnonymous implements AwsCredentialsProvider, SdkAutoCloseable {
    private static final long NOBODY_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long OUTAGE_NANOS = Duration.ofSeconds(5).toNanos();

    private final AwsCredentialsProvider chain;
    private final LongSupplier nanoTime;
    private boolean found;
    private @Nullable SdkException failure;
    private long since;

    FoundOrAnonymous(AwsCredentialsProvider chain, LongSupplier nanoTime) {
        this.chain = chain;
        this.nanoTime = nanoTime;
    }

    static FoundOrAnonymous create() {
        return new FoundOrAnonymous(DefaultCredentialsProvider.builder().build(), System::nanoTime);
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (failure != null && nanoTime.getAsLong() - since < (found ? OUTAGE_NANOS : NOBODY_NANOS)) {
            return without(failure);
        }
        try {
            AwsCredentials credentials = chain.resolveCredentials();
            found = true;
            failure = null;
            return credentials;
        } catch (AbortedException e) {
            throw e; // somebody does not want to wait, which says nothing
        } catch (SdkException e) {
            failure = e;
            since = nanoTime.getAsLong();
            return without(e);
        }
    }

    private AwsCredentials without(SdkException reason) {
        if (found) {
            throw new CredentialsException(reason);
        }
        return AnonymousCredentialsProvider.create().resolveCredentials();
    }

    @Override
    public void close() {
        if (chain instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
