package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.PluginConfig;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "minio, false, https://minio",
        "minio:9000, false, https://minio:9000",
        "minio:9000, true, http://minio:9000",
        "MinIO.Example.com:443, false, https://minio.example.com",
        "minio:80, true, http://minio",
        "minio:443, true, http://minio:443",
        "http://minio:9000, false, http://minio:9000",
        "http://minio:9000/, true, http://minio:9000",
        "https://minio, false, https://minio",
        "127.0.0.1:9000, true, http://127.0.0.1:9000",
        "[::1]:9000, true, http://[::1]:9000",
        "s3.amazonaws.com, true, http://s3.amazonaws.com",
        "'', false, https://s3.amazonaws.com"
    })
    void hostPortOrUrl(String text, boolean insecure, String expected) throws Exception {
        PluginConfig config = Configs.of("endpoint", text, "insecure", Boolean.toString(insecure));
        assertEquals(URI.create(expected), Endpoint.read(config).uri(), text);
        config.finish();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio/bucket",
                "minio:0",
                "minio:65536",
                "minio:port",
                "ftp://minio",
                "https://",
                "http://me:secret@minio",
                "mi nio",
                "minio?x=y",
                "s3://bucket"
            })
    void anythingElseIsAProblem(String text) {
        PluginConfig config = Configs.of("endpoint", text);
        Endpoint.read(config);
        ConfigException e = assertThrows(ConfigException.class, config::finish, text);
        assertEquals("endpoint", e.problems().get(0).key(), e.getMessage());
        assertFalse(e.getMessage().contains("secret@"), e.getMessage());
    }

    @Test
    void httpsUrlAndInsecureContradictEachOther() {
        PluginConfig config = Configs.of("endpoint", "https://minio", "insecure", "true");
        Endpoint.read(config);
        assertThrows(ConfigException.class, config::finish, "which of the two?");
    }

    @Test
    void amazonsOwnEndpointsAreKnown() {
        Endpoint regional = Endpoint.read(Configs.of("endpoint", "s3.eu-central-1.amazonaws.com"));
        assertTrue(regional.isAws(), "regional");
        assertEquals(Optional.of("eu-central-1"), regional.region(), "region");
        assertTrue(Endpoint.AWS.isAws(), "global");
        assertEquals(Optional.empty(), Endpoint.AWS.region(), "region of the global one");
        assertFalse(Endpoint.read(Configs.of("endpoint", "s3.example.com")).isAws(), "somebody else's");
        assertFalse(Endpoint.read(Configs.of("insecure", "true")).isAws(), "the SDK would use TLS");
    }
}
