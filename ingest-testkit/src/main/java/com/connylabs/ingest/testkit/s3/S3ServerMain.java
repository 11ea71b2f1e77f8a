package com.connylabs.ingest.testkit.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * The process of an {@link S3Server}: S3Proxy on 127.0.0.1. Prints its port in a line of its own when it is ready, and
 * ends when its standard input does, so that it never outlives the process that started it.
 */
public final class S3ServerMain {
    private S3ServerMain() {}

    /**
     * Runs the server.
     *
     * @param args a properties file with {@code data}, {@code port}, {@code accessKey} and {@code secretKey}
     * @throws Exception if the server cannot start
     */
    public static void main(String[] args) throws Exception {
        Properties settings = read(Path.of(args[0]));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(settings.getProperty("data")))
                .endpoint(URI.create("http://127.0.0.1:" + settings.getProperty("port")))
                .awsAuthentication(
                        AuthenticationType.AWS_V2_OR_V4,
                        settings.getProperty("accessKey"),
                        settings.getProperty("secretKey"))
                .build();
        server.start();
        System.out.println(server.getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }

    private static Properties read(Path file) throws IOException {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            settings.load(in);
        }
        return settings;
    }
}
