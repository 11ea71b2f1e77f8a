package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

class FoundOrAnonymousTest {
    private long now;
    private int asked;
    private boolean there;
    private final FoundOrAnonymous credentials = new FoundOrAnonymous(this::look, () -> now);

    @Test
    void whatIsFoundIsUsed() {
        there = true;
        assertEquals("found", credentials.resolveCredentials().accessKeyId(), "key");
    }

    @Test
    void nothingFoundIsAnonymousForAWhile() {
        assertNull(credentials.resolveCredentials().accessKeyId(), "nobody");
        there = true;
        now += Duration.ofMinutes(4).toNanos();
        assertNull(credentials.resolveCredentials().accessKeyId(), "still nobody");
        assertEquals(1, asked, "how often it looked");
        now += Duration.ofMinutes(2).toNanos();
        assertEquals("found", credentials.resolveCredentials().accessKeyId(), "looked again");
    }

    private AwsCredentials look() {
        asked++;
        if (there) {
            return AwsBasicCredentials.create("found", "secret");
        }
        throw SdkClientException.create("nothing in the whole chain");
    }
}
