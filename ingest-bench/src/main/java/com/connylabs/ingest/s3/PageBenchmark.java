package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.net.URI;
import javax.xml.stream.XMLStreamException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Reading a page of a listing, 1,000 objects; the SDK also makes the request, which goes nowhere. */
@State(Scope.Benchmark)
public class PageBenchmark {
    private static final int OBJECTS = 1_000;

    private final byte[] page = page();

    private final S3Client sdk = S3Client.builder()
            .httpClient(new Canned(page))
            .endpointOverride(URI.create("http://store.example.com"))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();

    private static byte[] page() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult>")
                .append("<Name>bucket</Name><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>");
        for (int i = 0; i < OBJECTS; i++) {
            xml.append("<Contents><Key>photos/2026/11/object-")
                    .append(i)
                    .append("</Key><LastModified>2026-11-24T01:02:03.000Z</LastModified>")
                    .append("<ETag>&quot;900150983cd24fb0d6963f7d28e17f72&quot;</ETag><Size>4096</Size>")
                    .append("<StorageClass>STANDARD</StorageClass></Contents>");
        }
        return xml.append("</ListBucketResult>").toString().getBytes(UTF_8);
    }

    /** Always the same answer. */
    private static final class Canned implements SdkHttpClient {
        private final byte[] body;

        Canned(byte[] body) {
            this.body = body;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(200).build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    /** As listings are read. */
    @Benchmark
    public ListingPage ours() throws XMLStreamException {
        return ListingPage.read(new ByteArrayInputStream(page));
    }

    /** As the SDK reads them. */
    @Benchmark
    public ListObjectsV2Response sdk() {
        return sdk.listObjectsV2(request -> request.bucket("bucket").encodingType("url"));
    }

    /** Closes what it has opened. */
    @TearDown
    public void close() {
        sdk.close();
    }
}
