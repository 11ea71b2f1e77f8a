package com.connylabs.ingest.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
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
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** Makes clients with the one setting that all stores take: no chunked uploads, no checksum trailers. */
final class Clients {
    static final int MAX_CONNECTIONS = 256;
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    static final Duration ACQUISITION_TIMEOUT = Duration.ofSeconds(60);
    static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
    static final Duration MAX_IDLE = Duration.ofSeconds(30);

    private static final int MAX_ATTEMPTS = 3;

    /** Without anything that the SDK would see more in than a name; whose rules take half a second to load. */
    private static final Pattern PLAIN_BUCKET = Pattern.compile("[A-Za-z0-9._-]+");

    private Clients() {}

    static SdkHttpClient http() {
        return new WholeHeadsHttpClient(new ExactPathHttpClient(Apache5HttpClient.builder()
                .maxConnections(MAX_CONNECTIONS)
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionAcquisitionTimeout(ACQUISITION_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .connectionMaxIdleTime(MAX_IDLE)
                .tcpKeepAlive(true)
                .build()));
    }

    /** Both ways to ask, of which nothing is opened yet. */
    static ObjectRequests requests(StoreConfig config) {
        AwsCredentialsProvider credentials = config.access().provider();
        Region region = region(config);
        ShortRequests direct = bucketUrl(config, region)
                .filter(Clients::isWithoutProxy)
                .map(url -> new ShortRequests(url, region.id(), credentials))
                .orElse(null);
        return new ObjectRequests(config.bucket(), new SdkRequests(config, credentials), direct);
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

    /** The SDK knows what to do where the environment names a proxy. */
    private static boolean isWithoutProxy(URI url) {
        ProxyConfiguration proxy =
                ProxyConfiguration.builder().scheme(url.getScheme()).build();
        return proxy.host() == null || proxy.nonProxyHosts().stream().anyMatch(url.getHost()::matches);
    }

    /** Where the SDK would look for the bucket; empty if it is one that the SDK has more to do with than to find it. */
    static Optional<URI> bucketUrl(StoreConfig config, Region region) {
        if (config.pathStyle()
                && !config.endpoint().isAws()
                && PLAIN_BUCKET.matcher(config.bucket()).matches()) {
            return Optional.of(config.endpoint().uri().resolve("/" + config.bucket()));
        }
        S3EndpointParams.Builder place = S3EndpointParams.builder()
                .bucket(config.bucket())
                .region(region)
                .forcePathStyle(config.pathStyle());
        if (!config.endpoint().isAws()) {
            place.endpoint(config.endpoint().uri().toString());
        }
        try {
            URI url = S3EndpointProvider.defaultProvider()
                    .resolveEndpoint(place.build())
                    .join()
                    .endpointUrl()
                    .toUri();
            return Optional.of(url).filter(found -> found.getHost() != null);
        } catch (CompletionException | SdkException e) {
            return Optional.empty(); // the first request says what is wrong
        }
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
