package com.connylabs.ingest.testkit.s3;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds what the server's process is made of: the jar that the build put aside, and our own classes. */
final class ServerJar {
    private static final String PLACE = "ingest-testkit/target/servers/s3proxy.jar";

    private ServerJar() {}

    static Path find() throws IOException {
        String root = System.getProperty("ingest.root");
        Path start = Path.of(root == null ? "" : root).toAbsolutePath();
        return Stream.iterate(start, dir -> dir != null, Path::getParent)
                .map(dir -> dir.resolve(PLACE))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + PLACE + " in " + start + " or above it; make it with: "
                        + "mvn -pl ingest-testkit -am process-resources (in the project's root directory)"));
    }

    static Path ownClasses() throws IOException {
        try {
            return Path.of(S3ServerMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell where the test kit's classes are", e);
        }
    }
}
