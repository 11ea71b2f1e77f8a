package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Where requests would go, without any network. */
class ClientsTest {
    /** Answers everything with 404. */
    private static final class Recorder implements SdkHttpClient {
        private final List<SdkHttpRequest> requests = new ArrayList<>();

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            requests.add(request.httpRequest());
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(404).build())
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    private final Recorder recorder = new Recorder();

    @ParameterizedTest
    @CsvSource({
        "s3.eu-central-1.amazonaws.com, , https://photos.s3.eu-central-1.amazonaws.com/k, eu-central-1",
        "s3.eu-central-1.amazonaws.com, true, https://s3.eu-central-1.amazonaws.com/photos/k, eu-central-1",
        "minio.example.com:9000, , https://minio.example.com:9000/photos/k, us-east-1",
        "minio.example.com:9000, false, https://photos.minio.example.com:9000/k, us-east-1"
    })
    void requestGoesTo(String endpoint, String pathStyle, String uri, String region) {
        String[] style = pathStyle == null ? new String[0] : new String[] {"pathStyle", pathStyle};
        String[] all = with(style, "endpoint", endpoint);
        SdkHttpRequest request = head("k", all);
        assertEquals(URI.create(uri), request.getUri(), "uri");
        StoreConfig config = config(all);
        BucketPlace place = BucketPlace.of(config, Clients.region(config).id()).orElseThrow();
        assertEquals(uri, place.url() + "/k", "uri on the short way");
        assertEquals(region, place.region(), "region on the short way");
        String authorization = request.firstMatchingHeader("Authorization").orElseThrow();
        assertTrue(authorization.contains("/" + region + "/s3/aws4_request"), authorization);
    }

    @Test
    void configuredRegionGoesFirst() {
        SdkHttpRequest request = head("k", "endpoint", "s3.eu-central-1.amazonaws.com", "region", "us-west-2");
        assertEquals("photos.s3.us-west-2.amazonaws.com", request.host(), "host");
    }

    @Test
    void defaultIsAmazonsOwn() {
        SdkHttpRequest request = head("k", "region", "us-west-2");
        assertEquals(URI.create("https://photos.s3.us-west-2.amazonaws.com/k"), request.getUri(), "uri");
    }

    @Test
    void bucketThatIsNoHostNameStandsInThePath() {
        SdkHttpRequest request = head("k", "region", "us-west-2", "bucket", "my_photos");
        assertEquals(URI.create("https://s3.us-west-2.amazonaws.com/my_photos/k"), request.getUri(), "uri");
    }

    /** Whoever says in the environment where Amazon's stores are, or which of them, means all requests. */
    @ParameterizedTest
    @CsvSource({
        "aws.endpointUrlS3, http://store.example.com:9000, http://photos.store.example.com:9000/k",
        "aws.endpointUrl, https://store.example.com, https://photos.store.example.com/k",
        "aws.useFipsEndpoint, true, https://photos.s3-fips.us-west-2.amazonaws.com/k",
        "aws.useDualstackEndpoint, true, https://photos.s3.dualstack.us-west-2.amazonaws.com/k"
    })
    void theEnvironmentIsHeardOnBothWays(String property, String value, String uri) {
        try {
            System.setProperty(property, value);
            assertEquals(URI.create(uri), head("k", "region", "us-west-2").getUri(), "uri");
            StoreConfig config = config("region", "us-west-2");
            assertEquals(uri, BucketPlace.of(config, "us-west-2").orElseThrow().url() + "/k", "uri on the short way");
        } finally {
            System.clearProperty(property);
        }
    }

    /** Buckets of S3 Express want a session. */
    @Test
    void whatIsSignedInAnotherWayIsTheSdks() {
        StoreConfig config = config("region", "us-west-2", "bucket", "photos--usw2-az1--x-s3");
        assertEquals(Optional.empty(), BucketPlace.of(config, "us-west-2"));
    }

    /** Whoever names a proxy wants it to be used, and the SDK knows how. */
    @ParameterizedTest
    @CsvSource({"http, true", "https, false"})
    void proxiesAreTheSdks(String scheme, String insecure) {
        StoreConfig config = config("endpoint", "store.example.com:9000", "insecure", insecure);
        try {
            System.setProperty((insecure.equals("true") ? "https" : "http") + ".proxyHost", "proxy.example.com");
            assertTrue(worksWithoutTheSdk(config), "there is none for this scheme");
            System.setProperty(scheme + ".proxyHost", "proxy.example.com");
            assertFalse(worksWithoutTheSdk(config), "there is a proxy");
            System.setProperty("http.nonProxyHosts", "*.example.com");
            assertTrue(worksWithoutTheSdk(config), "but not for this host");
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    private static boolean worksWithoutTheSdk(StoreConfig config) {
        try (ObjectRequests requests = Clients.requests(config)) {
            return requests.works();
        }
    }

    private SdkHttpRequest head(String key, String... keysAndValues) {
        StoreConfig config = config(keysAndValues);
        try (S3Client client = Clients.s3(config, config.access().provider(), recorder)) {
            assertThrows(
                    NoSuchKeyException.class,
                    () -> client.headObject(b -> b.bucket(config.bucket()).key(key)));
        }
        return recorder.requests.get(0);
    }

    private static StoreConfig config(String... keysAndValues) {
        return StoreConfig.read(Configs.of(with(keysAndValues, "accessKeyID", "a", "secretAccessKey", "b")));
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }
}
