package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class FoundOrAnonymousTest {
    private long now;
    private int asked;
    private @Nullable SdkException failure;
    private final FoundOrAnonymous credentials = new FoundOrAnonymous(this::look, () -> now);

    @Test
    void whatIsFoundIsUsed() {
        assertEquals("found", credentials.resolveCredentials().accessKeyId(), "key");
    }

    @Test
    void nothingFoundIsAnonymousForAWhile() {
        failure = SdkClientException.create("nothing in the whole chain");
        assertNull(credentials.resolveCredentials().accessKeyId(), "nobody");
        failure = null;
        now += Duration.ofMinutes(4).toNanos();
        assertNull(credentials.resolveCredentials().accessKeyId(), "still nobody");
        assertEquals(1, asked, "how often it looked");
        now += Duration.ofMinutes(2).toNanos();
        assertEquals("found", credentials.resolveCredentials().accessKeyId(), "looked again");
    }

    @Test
    void whoWasSomebodyIsNotAnonymousAfterwards() {
        credentials.resolveCredentials();
        failure =
                SdkClientException.create("Failed to load credentials from IMDS.", new SocketTimeoutException("late"));
        assertAtFault("Failed to load credentials from IMDS.");
        now += Duration.ofSeconds(4).toNanos();
        assertAtFault("Failed to load credentials from IMDS.");
        assertEquals(2, asked, "not everybody who waits has to find out that it does not answer");
        failure = null;
        now += Duration.ofSeconds(2).toNanos();
        assertEquals("found", credentials.resolveCredentials().accessKeyId(), "looked again");
    }

    @Test
    void aRefusalByWhoeverGivesCredentialsIsNoneByTheStore() {
        credentials.resolveCredentials();
        failure = AwsServiceException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("InvalidIdentityToken")
                        .build())
                .message("no such role")
                .build();
        assertAtFault("no such role");
    }

    @Test
    void anInterruptSaysNothingAboutCredentials() {
        failure = AbortedException.create("stopped");
        assertThrows(AbortedException.class, credentials::resolveCredentials);
        failure = null;
        assertEquals("found", credentials.resolveCredentials().accessKeyId(), "key");
    }

    /** The whole way through the SDK, which asks for credentials before it connects. */
    private void assertAtFault(String reason) {
        StoreConfig config = Configs.store("endpoint", "nowhere.invalid", "region", "us-east-1");
        try (SdkRequests requests = new SdkRequests(config, credentials, "https")) {
            RuntimeException thrown = assertThrows(RuntimeException.class, () -> requests.head("photos", "a"));
            EndpointException e = assertThrows(EndpointException.class, () -> {
                throw new S3Errors(config).translate("look", thrown);
            });
            assertTrue(e.getMessage().contains("credentials") && e.getMessage().contains(reason), e.getMessage());
        }
    }

    private AwsCredentials look() {
        asked++;
        if (failure != null) {
            throw failure;
        }
        return AwsBasicCredentials.create("found", "secret");
    }
}
