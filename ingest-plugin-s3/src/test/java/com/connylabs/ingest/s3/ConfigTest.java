package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    private static final String[] EVERYTHING = {
        "endpoint", "minio.example.com:9000",
        "insecure", "true",
        "accessKeyID", "key",
        "secretAccessKey", "hidden",
        "sessionToken", "token",
        "region", "eu-west-1",
        "pathStyle", "false",
        "prefix", "prefix1/",
        "recursive", "true",
        "partSize", "16MiB",
        "storageClass", "STANDARD_IA",
        "sse", "aws:kms:arn:aws:kms:eu-west-1:1:key/2"
    };

    @Test
    void defaultsOfASource() throws Exception {
        SourceConfig source = SourceConfig.read(Configs.of());
        StoreConfig expected = new StoreConfig(
                Endpoint.AWS,
                new Access(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                false,
                "photos",
                "");
        assertEquals(new SourceConfig(expected, false), source, "defaults");
    }

    @Test
    void defaultsOfADestination() throws Exception {
        DestinationConfig destination = DestinationConfig.read(Configs.of("endpoint", "minio.example.com"));
        assertTrue(destination.store().pathStyle(), "other stores than Amazon's are spoken to in path style");
        assertTrue(destination.store().endpoint().secure(), "TLS");
        assertEquals(7 << 20, destination.partSize(), "part size");
        assertEquals(Optional.empty(), destination.metafilesPrefix(), "markers");
        assertEquals(Optional.empty(), destination.storageClass(), "storage class");
        assertEquals(Map.of(), destination.encryption().headers(), "encryption");
    }

    @Test
    void everyKeyOfADestination() throws Exception {
        PluginConfig config = Configs.of(EVERYTHING);
        DestinationConfig destination = DestinationConfig.read(config);
        StoreConfig expected = new StoreConfig(
                new Endpoint(false, "minio.example.com:9000"),
                new Access(
                        Optional.of("key"),
                        Optional.of(new Secret("hidden")),
                        Optional.of(new Secret("token")),
                        Optional.empty()),
                Optional.of("eu-west-1"),
                false,
                "photos",
                "prefix1/");
        assertEquals(expected, destination.store(), "store");
        assertEquals(16 << 20, destination.partSize(), "part size");
        assertEquals(Optional.of("STANDARD_IA"), destination.storageClass(), "storage class");
        assertEquals(
                Map.of(
                        "x-amz-server-side-encryption",
                        "aws:kms",
                        "x-amz-server-side-encryption-aws-kms-key-id",
                        "arn:aws:kms:eu-west-1:1:key/2"),
                destination.encryption().headers(),
                "encryption");
        assertEquals(Set.of(), config.unusedKeys(), "keys that nobody asked for");
    }

    @Test
    void aSourceKnowsEveryKeyButTheMarkers() throws Exception {
        PluginConfig config = Configs.of(EVERYTHING);
        assertTrue(SourceConfig.read(config).recursive(), "recursive");
        assertEquals(Set.of(), config.unusedKeys(), "keys that nobody asked for");

        PluginConfig markers = Configs.of("metafilesPrefix", "meta/");
        SourceConfig.read(markers);
        assertEquals(Set.of("metafilesPrefix"), markers.unusedKeys(), "it means nothing for a source");
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        PluginConfig config = new PluginConfig(Map.of(
                "endpoint", "https://host/path",
                "secretAccessKey", "hidden",
                "sessionToken", "token",
                "partSize", "4MiB",
                "sse", "aws:kms:",
                "pathStyle", "perhaps"));
        ConfigException e = assertThrows(ConfigException.class, () -> DestinationConfig.read(config), "mistakes");
        List<String> keys =
                e.problems().stream().map(problem -> problem.key()).sorted().toList();
        assertEquals(
                List.of("accessKeyID", "bucket", "endpoint", "partSize", "pathStyle", "sessionToken", "sse"),
                keys,
                e.getMessage());
        assertFalse(e.getMessage().contains("hidden") || e.getMessage().contains("token "), e.getMessage());
    }

    @Test
    void keyAndProfileAreAlternatives() {
        assertProblem("profile", "accessKeyID", "a", "secretAccessKey", "b", "profile", "c");
        assertProblem("secretAccessKey", "accessKeyID", "a");
        assertProblem("bucket", "bucket", "photos/2024");
    }

    @Test
    void emptyKeysAreNoKeys() throws Exception {
        Access access = SourceConfig.read(Configs.of("accessKeyID", "", "secretAccessKey", ""))
                .store()
                .access();
        assertTrue(access.mayBeAnonymous(), "no key");
    }

    @Test
    void secretsAreNotShown() throws Exception {
        DestinationConfig destination = DestinationConfig.read(Configs.of(EVERYTHING));
        assertFalse(destination.toString().contains("hidden"), destination.toString());
    }

    @Test
    void locationNamesEndpointBucketAndPrefix() throws Exception {
        S3Plugin plugin = new S3Plugin();
        PluginContext context = new PluginContext("a", Configs.of("endpoint", "HOST:9000", "prefix", "a b/"));
        try (var source = plugin.source(context)) {
            assertEquals(URI.create("s3://host:9000/photos/a%20b/"), source.location(), "location");
        }
        try (var destination = plugin.destination(new PluginContext("b", Configs.of("bucket", "my_photos")))) {
            assertEquals(URI.create("s3://s3.amazonaws.com/my_photos/"), destination.location(), "location");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.eu-central-1.amazonaws.com",
                "s3-eu-west-1.amazonaws.com",
                "s3.dualstack.eu-central-1.amazonaws.com",
                "http://s3.us-east-2.amazonaws.com"
            })
    void aBucketOfAmazonsIsOnePlaceInEveryRegion(String endpoint) throws Exception {
        assertEquals(
                Configs.store().location(), Configs.store("endpoint", endpoint).location(), "location");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.us-gov-west-1.amazonaws.com", // a world of its own, with the same names of buckets
                "s3.cn-north-1.amazonaws.com.cn",
                "s3.example.com",
                "s3.amazonaws.com:8443"
            })
    void andNoOtherPlaceIs(String endpoint) throws Exception {
        assertEquals(
                "s3://" + endpoint + "/photos/",
                Configs.store("endpoint", endpoint).location().toString(),
                "location");
    }

    @ParameterizedTest
    @CsvSource({
        "done, done/, s3.amazonaws.com, s3.amazonaws.com, true",
        "done, done, s3.amazonaws.com, s3.eu-central-1.amazonaws.com, true",
        "done, done//, s3.amazonaws.com, s3.amazonaws.com, false",
        "done, done, s3.amazonaws.com, s3.example.com, false"
    })
    void markersOfOnePlaceAreSharedHoweverItIsWritten(
            String prefix, String samePrefix, String endpoint, String sameEndpoint, boolean shared) throws Exception {
        S3Plugin plugin = new S3Plugin();
        try (S3Destination one = destination(plugin, endpoint, prefix);
                S3Destination other = destination(plugin, sameEndpoint, samePrefix)) {
            assertEquals(shared, one.inventory().isEmpty(), "a marker may be the other's");
            assertEquals(shared, other.inventory().isEmpty(), "a marker may be the one's");
        }
    }

    private static S3Destination destination(S3Plugin plugin, String endpoint, String metafilesPrefix)
            throws ConfigException {
        PluginConfig config = Configs.of("endpoint", endpoint, "metafilesPrefix", metafilesPrefix);
        return (S3Destination) plugin.destination(new PluginContext("a", config));
    }

    private static void assertProblem(String key, String... keysAndValues) {
        ConfigException e =
                assertThrows(ConfigException.class, () -> SourceConfig.read(Configs.of(keysAndValues)), "a mistake");
        assertEquals(key, e.problems().get(0).key(), e.getMessage());
        assertEquals(1, e.problems().size(), e.getMessage());
    }
}
