package com.connylabs.ingest.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An answer that says that something was not done. */
final class ErrorAnswer {
    /** Refusals that the SDK retries, or does something about: another region, another clock. */
    private static final Set<String> MENDABLE = Set.of(
            "AuthFailure",
            "AuthorizationHeaderMalformed",
            "BandwidthLimitExceeded",
            "IllegalLocationConstraintException",
            "InternalError",
            "InvalidSignatureException",
            "PriorRequestNotComplete",
            "RequestExpired",
            "RequestInTheFuture",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "RequestTimeTooSkewed",
            "RequestTimeout",
            "RequestTimeoutException",
            "SignatureDoesNotMatch",
            "SlowDown",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException");

    /** More than that, and a refusal may be about our clock. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(4);

    /** More than any store has to say about an error. */
    private static final int MOST_BYTES = 64 << 10;

    private ErrorAnswer() {}

    /** What the SDK would make of it; empty if trying again, or somewhere else, may help, or if it does not say enough. */
    static Optional<S3Exception> last(String method, ObjectAnswer answer) throws IOException {
        int status = answer.status();
        if (method.equals("HEAD")) { // has no body that says more
            return ofLook(status);
        }
        boolean refusal = status == 501 || (status >= 400 && status < 500);
        if (!refusal || status == 429 || isElsewhere(answer) || isOfAnotherTime(answer)) {
            return Optional.empty();
        }
        try {
            AwsErrorDetails said = details(answer.body());
            return MENDABLE.contains(said.errorCode()) ? Optional.empty() : Optional.of(exception(answer, said));
        } catch (XMLStreamException e) {
            throw new IOException("the error cannot be read: " + e.getMessage(), e);
        }
    }

    /** For a request that cannot be made again, whatever the answer says. */
    static S3Exception any(ObjectAnswer answer) throws IOException {
        AwsErrorDetails said;
        try {
            said = details(answer.body());
        } catch (XMLStreamException e) {
            said = unknown().build(); // somebody between us and the store answered; the status says enough
        }
        return exception(answer, said);
    }

    /** The SDK goes where the answer says. */
    private static boolean isElsewhere(ObjectAnswer answer) {
        return answer.header("x-amz-bucket-region") != null;
    }

    /** The SDK takes the store's word for what the time is. */
    private static boolean isOfAnotherTime(ObjectAnswer answer) {
        String date = answer.header("date");
        if ((answer.status() != 401 && answer.status() != 403) || date == null) {
            return false;
        }
        try {
            Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return Duration.between(theirs, Instant.now()).abs().compareTo(CLOCKS_DIFFER) > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static S3Exception exception(ObjectAnswer answer, AwsErrorDetails said) {
        return (S3Exception) S3Exception.builder()
                .statusCode(answer.status())
                .requestId(answer.header("x-amz-request-id"))
                .extendedRequestId(answer.header("x-amz-id-2"))
                .awsErrorDetails(said)
                .message(said.errorMessage())
                .build();
    }

    private static AwsErrorDetails.Builder unknown() {
        return AwsErrorDetails.builder().serviceName("S3").errorCode("").errorMessage("");
    }

    /**
     * That something is not there, or that the store is asked for too much: then the SDK is not to ask again, because the
     * engine has to hear of it at once, to work on fewer elements at a time, and looks again itself.
     */
    private static Optional<S3Exception> ofLook(int status) {
        return switch (status) {
            case 404 -> Optional.of(absent());
            case 429, 503 ->
                Optional.of((S3Exception) S3Exception.builder()
                        .statusCode(status)
                        .message("too many requests")
                        .build());
            default -> Optional.empty();
        };
    }

    /** The usual answer, and no surprise that somebody would look for in the code. */
    private static S3Exception absent() {
        return (S3Exception) NoSuchKeyException.builder()
                .statusCode(404)
                .message("no such key")
                .writableStackTrace(false)
                .build();
    }

    private static AwsErrorDetails details(InputStream body) throws IOException, XMLStreamException {
        AwsErrorDetails.Builder details = unknown();
        byte[] start = body.readNBytes(MOST_BYTES);
        if (start.length == 0) {
            return details.build();
        }
        try (Elements elements = Elements.in(new ByteArrayInputStream(start))) {
            while (elements.child()) {
                switch (elements.name()) {
                    case "Code" -> details.errorCode(elements.text());
                    case "Message" -> details.errorMessage(elements.text());
                    default -> elements.skip();
                }
            }
        }
        return details.build();
    }
}
