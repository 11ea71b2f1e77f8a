package com.connylabs.ingest.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes clients with the one setting that all stores take: no chunked uploads, no checksum trailers. */
final class Clients {
    static final int MAX_CONNECTIONS = 256;
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    static final Duration ACQUISITION_TIMEOUT = Duration.ofSeconds(60);
    static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
    static final Duration MAX_IDLE = Duration.ofSeconds(30);

    private static final int MAX_ATTEMPTS = 3;

    private Clients() {}

    /** For requests of one scheme, {@code http} or {@code https}. */
    static SdkHttpClient http(String scheme) {
        return new WholeHeadsHttpClient(new ExactPathHttpClient(Apache5HttpClient.builder()
                .maxConnections(MAX_CONNECTIONS)
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionAcquisitionTimeout(ACQUISITION_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .connectionMaxIdleTime(MAX_IDLE)
                .tcpKeepAlive(true)
                .proxyConfiguration(proxy(scheme).orElseGet(() -> noProxy().build()))
                .build()));
    }

    /** Both ways to ask, of which nothing is opened yet. */
    static ObjectRequests requests(StoreConfig config) {
        AwsCredentialsProvider credentials = config.access().provider();
        Optional<BucketPlace> place = BucketPlace.of(config, region(config).id());
        ShortRequests direct = place.filter(found -> isWithoutProxy(found.url()))
                .map(found -> new ShortRequests(found, credentials))
                .orElse(null);
        String scheme =
                place.map(BucketPlace::url).orElse(config.endpoint().uri()).getScheme();
        return new ObjectRequests(config.bucket(), new SdkRequests(config, credentials, scheme), direct);
    }

    static S3Client s3(StoreConfig config, AwsCredentialsProvider credentials, SdkHttpClient http) {
        Region region = region(config);
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(region)
                .forcePathStyle(config.pathStyle())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .overrideConfiguration(override -> override.addExecutionInterceptor(new ListingInterceptor())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MAX_ATTEMPTS)
                                .build()));
        if (config.endpoint().isAws()) {
            builder.crossRegionAccessEnabled(true);
        } else {
            builder.endpointOverride(config.endpoint().uri());
        }
        return builder.build();
    }

    /** The SDK knows how to go through one. */
    private static boolean isWithoutProxy(URI url) {
        return proxy(url.getScheme())
                .filter(proxy -> proxy.nonProxyHosts().stream().noneMatch(url.getHost()::matches))
                .isEmpty();
    }

    /**
     * Who is between us and stores of a scheme, as the environment and the system's properties say; who is spoken to in plain
     * HTTP. Left to itself, the SDK's client goes to all stores through the one for plain HTTP.
     */
    private static Optional<ProxyConfiguration> proxy(String scheme) {
        ProxyConfiguration found = ProxyConfiguration.builder().scheme(scheme).build();
        return Optional.ofNullable(found.host()).map(host -> noProxy()
                .endpoint(URI.create("http://" + host + ":" + found.port()))
                .username(found.username())
                .password(found.password())
                .nonProxyHosts(found.nonProxyHosts())
                .build());
    }

    private static ProxyConfiguration.Builder noProxy() {
        return ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
    }

    /** Without one, other stores than Amazon's take the region that was S3's only one at first. */
    static Region region(StoreConfig config) {
        return Region.of(config.region()
                .or(config.endpoint()::region)
                .orElseGet(() -> config.endpoint().isAws() ? fromEnvironment(config) : Region.US_EAST_1.id()));
    }

    /** Not the SDK's default chain: it asks a metadata service that need not be there. */
    private static String fromEnvironment(StoreConfig config) {
        String profile =
                config.access().profile().orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
        try {
            return new AwsRegionProviderChain(
                            new SystemSettingsRegionProvider(),
                            new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile))
                    .getRegion()
                    .id();
        } catch (SdkClientException e) {
            return Region.US_EAST_1.id(); // the SDK follows the bucket to its own region
        }
    }
}
