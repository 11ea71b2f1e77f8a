package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.ThrottledException;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ErrorsTest {
    private final S3Errors errors = new S3Errors(Configs.store("endpoint", "minio:9000", "insecure", "true"));

    @ParameterizedTest
    @CsvSource({
        "400, RequestTimeout, transient",
        "400, BadDigest, transient",
        "400, XAmzContentSHA256Mismatch, transient",
        "404, NoSuchUpload, transient",
        "404, NoSuchKey, transient",
        "408, '', transient",
        "409, ConditionalRequestConflict, transient",
        "412, PreconditionFailed, transient",
        "416, InvalidRange, transient",
        "301, PermanentRedirect, endpoint",
        "400, AuthorizationHeaderMalformed, endpoint",
        "400, ExpiredToken, endpoint",
        "400, InvalidStorageClass, endpoint",
        "400, KMS.DisabledException, endpoint",
        "400, '', endpoint",
        "401, Unauthorized, endpoint",
        "403, AccessDenied, endpoint",
        "403, InvalidAccessKeyId, endpoint",
        "403, SignatureDoesNotMatch, endpoint",
        "403, '', endpoint",
        "404, NoSuchBucket, endpoint",
        "429, TooManyRequests, throttled",
        "429, '', throttled",
        "400, RequestLimitExceeded, throttled",
        "500, InternalError, endpoint",
        "503, SlowDown, throttled",
        "503, ServiceUnavailable, throttled",
        "503, '', throttled",
        "507, '', endpoint",
        "400, EntityTooLarge, permanent",
        "400, MetadataTooLarge, permanent",
        "400, KeyTooLongError, permanent",
        "403, InvalidObjectState, permanent",
        "405, MethodNotAllowed, permanent",
        "501, NotImplemented, permanent"
    })
    void answersAreToldApart(int status, String code, String kind) {
        IngestException e = errors.translate("store s3://b/k", answer(status, code, "as the store puts it"));
        assertEquals(kind, kind(e), e.getMessage());
        assertTrue(e.getMessage().startsWith("store s3://b/k at http://minio:9000: HTTP " + status), e.getMessage());
        assertTrue(e.getMessage().contains("as the store puts it"), e.getMessage());
    }

    @Test
    void emptyErrorBodyWillDo() {
        IngestException e =
                errors.translate("look", S3Exception.builder().statusCode(500).build());
        assertEquals("look at http://minio:9000: HTTP 500", e.getMessage(), "message");
    }

    @Test
    void commonMistakesComeWithARemedy() {
        for (String[] mistake : new String[][] {
            {"InvalidAccessKeyId", "check accessKeyID"},
            {"SignatureDoesNotMatch", "check secretAccessKey"},
            {"NoSuchBucket", "create the bucket"},
            {"", "the right to list"},
            {"RequestTimeTooSkewed", "clock"}
        }) {
            IngestException e = errors.translate("check", answer(403, mistake[0], ""));
            assertTrue(e.getMessage().contains(mistake[1]), e.getMessage());
        }
    }

    @Test
    void unreachableEndpointIsAtFault() {
        for (IOException cause : new IOException[] {
            new UnknownHostException("minio"), new ConnectException("refused"), new SSLHandshakeException("no")
        }) {
            IngestException e = errors.translate("check", client(cause));
            assertEquals("endpoint", kind(e), e.getMessage());
            assertTrue(e.getMessage().contains("http://minio:9000"), e.getMessage());
        }
    }

    @Test
    void lostConnectionIsTriedAgain() {
        for (IOException cause :
                new IOException[] {new SocketException("reset"), new SocketTimeoutException("silence")}) {
            assertEquals("transient", kind(errors.translate("store", client(cause))), cause.toString());
        }
    }

    @Test
    void noAnswerInTimeAndNoCredentialsAreTheEndpoints() {
        assertEquals("endpoint", kind(errors.translate("list", ApiCallAttemptTimeoutException.create(60_000))), "time");
        IngestException e = errors.translate("list", SdkClientException.create("Unable to load credentials"));
        assertEquals("endpoint", kind(e), "credentials");
        assertTrue(e.getMessage().contains("Unable to load credentials"), e.getMessage());
    }

    @Test
    void failureOfTheBodyComesThroughAsItWas() {
        TransientException failure = new TransientException("the source has changed");
        assertSame(failure, errors.translate("store", new BodyException(failure)), "bare");
        SdkClientException wrapped = SdkClientException.create("failed", new BodyException(failure));
        assertSame(failure, errors.translate("store", wrapped), "inside of the SDK's");
    }

    @Test
    void faultsOfOursAreNotHidden() {
        IllegalStateException fault = new IllegalStateException("a bug");
        assertSame(fault, assertThrows(IllegalStateException.class, () -> errors.translate("x", fault)), "as it was");
    }

    private static RuntimeException answer(int status, String code, String message) {
        AwsErrorDetails details =
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
        return S3Exception.builder().statusCode(status).awsErrorDetails(details).build();
    }

    private static SdkClientException client(IOException cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }

    private static String kind(IngestException e) {
        if (e instanceof TransientException) {
            return "transient";
        }
        if (e instanceof ThrottledException) {
            return "throttled";
        }
        return e instanceof EndpointException ? "endpoint" : e instanceof PermanentException ? "permanent" : "?";
    }
}
