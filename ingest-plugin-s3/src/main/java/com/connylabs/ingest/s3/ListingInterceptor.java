package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Reads the pages of listings in the place of the SDK, which is left with an empty answer. What is wrong with a page fails
 * the attempt, as if the SDK had noticed it.
 */
final class ListingInterceptor implements ExecutionInterceptor {
    private static final ExecutionAttribute<AtomicReference<ListingPage>> PAGE =
            new ExecutionAttribute<>("com.connylabs.ingest.s3.ListingPage");
    private static final byte[] EMPTY = "<ListBucketResult/>".getBytes(UTF_8);

    /** The settings of a request whose page goes to a place of the caller's. */
    static AwsRequestOverrideConfiguration into(AtomicReference<ListingPage> place) {
        return S3Connection.BRIEF.toBuilder().putExecutionAttribute(PAGE, place).build();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        AtomicReference<ListingPage> place = attributes.getAttribute(PAGE);
        Optional<InputStream> body = context.responseBody();
        if (place == null || body.isEmpty() || !context.httpResponse().isSuccessful()) {
            return body;
        }
        try (InputStream answer = body.get()) {
            place.set(ListingPage.read(answer));
            return Optional.of(new ByteArrayInputStream(EMPTY));
        } catch (XMLStreamException e) {
            Throwable nested = e.getNestedException();
            throw unreadable(nested instanceof IOException ? nested : e);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static SdkClientException unreadable(Throwable cause) {
        return SdkClientException.create("the listing cannot be read: " + cause.getMessage(), cause);
    }
}
