package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.ThrottledException;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what the SDK throws into what the engine decides by. */
final class S3Errors {
    private static final Set<String> TRANSIENT = Set.of(
            "BadDigest",
            "ConditionalRequestConflict",
            "IncompleteBody",
            "InvalidPart",
            "OperationAborted",
            "RequestTimeout",
            "XAmzContentChecksumMismatch",
            "XAmzContentSHA256Mismatch");

    /** Those whose status says something else: they are about who we are or what is configured, not about an element. */
    private static final Set<String> ENDPOINT = Set.of(
            "AuthorizationHeaderMalformed",
            "ExpiredToken",
            "IllegalLocationConstraintException",
            "InvalidAccessKeyId",
            "InvalidBucketName",
            "InvalidEncryptionAlgorithmError",
            "InvalidStorageClass",
            "InvalidToken",
            "NoSuchBucket",
            "TokenRefreshRequired");

    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("AccessDenied", "check what these credentials may do there"),
            Map.entry("AuthorizationHeaderMalformed", "check region"),
            Map.entry("ExpiredToken", "renew the temporary credentials"),
            Map.entry("InvalidAccessKeyId", "check accessKeyID"),
            Map.entry("InvalidBucketName", "check bucket"),
            Map.entry("InvalidObjectState", "it is archived; restore it first"),
            Map.entry("InvalidStorageClass", "check storageClass"),
            Map.entry("NoSuchBucket", "create the bucket, or correct bucket"),
            Map.entry("PermanentRedirect", "check endpoint and region"),
            Map.entry("RequestTimeTooSkewed", "set this machine's clock"),
            Map.entry("SignatureDoesNotMatch", "check secretAccessKey and region"));

    private final StoreConfig config;

    S3Errors(StoreConfig config) {
        this.config = config;
    }

    /** Whether an object is not there; a bucket that is not there is something else. */
    static boolean isAbsent(AwsServiceException e) {
        return e.statusCode() == 404 && !code(e).equals("NoSuchBucket");
    }

    static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** Whether an error code says what is wrong, and that it is no header that the store does not know. */
    static boolean isKnown(String code) {
        return TRANSIENT.contains(code) || ENDPOINT.contains(code);
    }

    /** What to throw; an exception that is none of the SDK's, a fault of ours, is thrown as it is. */
    IngestException translate(String what, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyException body) {
                return body.failure();
            }
            if (cause instanceof CredentialsException) {
                return new EndpointException(what + ": " + cause.getMessage(), e);
            }
        }
        if (e instanceof AwsServiceException service) {
            return answered(what, service);
        }
        if (e instanceof SdkException) {
            return notAnswered(what, e);
        }
        throw e;
    }

    private IngestException answered(String what, AwsServiceException e) {
        String code = code(e);
        AwsErrorDetails details = e.awsErrorDetails();
        String said = details == null || details.errorMessage() == null ? "" : ": " + details.errorMessage();
        String message = what + at() + ": HTTP " + e.statusCode() + (code.isEmpty() ? "" : " " + code) + said
                + remedy(e.statusCode(), code);
        if (isThrottling(e)) {
            return new ThrottledException(message, e);
        }
        if (TRANSIENT.contains(code)) {
            return new TransientException(message, e);
        }
        if (ENDPOINT.contains(code) || code.startsWith("KMS.")) {
            return new EndpointException(message, e);
        }
        if (code.equals("InvalidObjectState")) {
            return new PermanentException(message, e);
        }
        return byStatus(e.statusCode(), code, message, e);
    }

    /** Stores do not agree on a word for it, and the answer to HEAD has none. */
    static boolean isThrottling(AwsServiceException e) {
        return e.isThrottlingException() || e.statusCode() == 503;
    }

    private static String remedy(int status, String code) {
        if (status == 403 && code.isEmpty()) {
            return "; check what these credentials may do there (without the right to list, that is also the answer for"
                    + " what is not there)";
        }
        return REMEDIES.containsKey(code) ? "; " + REMEDIES.get(code) : "";
    }

    private static IngestException byStatus(int status, String code, String message, AwsServiceException e) {
        return switch (status) {
            case 404, 408, 409, 412, 416 -> new TransientException(message, e);
            case 401, 403, 407 -> new EndpointException(message, e);
            case 501 -> new PermanentException(message, e);
            default -> {
                // HEAD has no body that could tell more about a 400; expired credentials are one.
                boolean vague = status == 400 && code.isEmpty();
                yield vague || status >= 500 || status < 400
                        ? new EndpointException(message, e)
                        : new PermanentException(message, e);
            }
        };
    }

    private IngestException notAnswered(String what, RuntimeException e) {
        String place = what + at() + ": ";
        if (e instanceof ApiCallAttemptTimeoutException || e instanceof ApiCallTimeoutException) {
            return new EndpointException(place + "no answer in time", e);
        }
        Throwable cause = Stream.iterate((Throwable) e, c -> c != null, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .findFirst()
                .orElse(e);
        if (cause instanceof UnknownHostException) {
            return new EndpointException(place + "the host is unknown; check endpoint", e);
        }
        if (cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof NoRouteToHostException) {
            return new EndpointException(
                    place + "cannot connect (" + cause.getMessage() + "); does it run? check endpoint and insecure", e);
        }
        if (cause instanceof SSLException) {
            return new EndpointException(
                    place + "TLS failed (" + cause.getMessage() + "); for plain HTTP set insecure: true", e);
        }
        if (cause instanceof IOException) {
            return new TransientException(place + "the connection failed: " + cause, e);
        }
        return isUnreadable(e)
                ? new TransientException(place + "the answer cannot be read: " + e.getMessage(), e)
                : new EndpointException(place + e.getMessage(), e);
    }

    /** Whoever may write an object may choose some of its headers, so an answer that makes no sense is no sign of an outage. */
    private static boolean isUnreadable(RuntimeException e) {
        return String.valueOf(e.getMessage()).startsWith("Unable to unmarshall response");
    }

    private String at() {
        return " at " + config.endpoint().uri();
    }
}
