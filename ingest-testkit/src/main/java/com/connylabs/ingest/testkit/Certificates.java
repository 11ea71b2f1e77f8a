package com.connylabs.ingest.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority for tests, made with the JDK's keytool. Its files are good for a month and protect nothing. */
public final class Certificates {
    /** From yesterday on, because somebody may set the clock back. */
    private static final String SINCE = "-1d";

    private static final String PASSWORD = "changeit";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes an authority.
     *
     * @param directory for its files and those of all that it vouches for; made when it is missing
     * @return the authority
     * @throws IOException if keytool fails
     * @throws InterruptedException if the thread was interrupted
     */
    public static Certificates authority(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        var made = new Certificates(directory);
        made.generate("ca", "-ext", "bc:c");
        made.keytool("ca", "-exportcert", "-rfc", "-file", made.certificate().toString());
        return made;
    }

    /**
     * The authority's own certificate.
     *
     * @return a PEM file
     */
    public Path certificate() {
        return directory.resolve("ca.pem");
    }

    /**
     * Makes a certificate and its key.
     *
     * @param name of its holder
     * @param subjectAltName for whom it is good, in keytool's words, for example {@code ip:127.0.0.1,dns:localhost}
     * @return the certificate
     * @throws IOException if keytool fails
     * @throws InterruptedException if the thread was interrupted
     */
    public Identity issue(String name, String subjectAltName) throws IOException, InterruptedException {
        Path request = directory.resolve(name + ".csr");
        Identity identity = new Identity(directory.resolve(name + ".pem"), directory.resolve(name + "-key.pem"));
        generate(name);
        keytool(name, "-certreq", "-file", request.toString());
        keytool(
                "ca",
                "-gencert",
                "-rfc",
                "-startdate",
                SINCE,
                "-validity",
                "30",
                "-ext",
                "san=" + subjectAltName,
                "-infile",
                request.toString(),
                "-outfile",
                identity.certificate().toString());
        Files.writeString(identity.key(), privateKey(name));
        return identity;
    }

    private void generate(String name, String... further) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-validity", "30"));
        arguments.addAll(List.of("-startdate", SINCE));
        arguments.addAll(List.of("-dname", "CN=" + name));
        arguments.addAll(List.of(further));
        keytool(name, arguments.toArray(String[]::new));
    }

    private void keytool(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", name, "-keystore", keyStore(name).toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Commands.run(TIMEOUT, new ProcessBuilder(command));
    }

    private Path keyStore(String name) {
        return directory.resolve(name + ".p12");
    }

    private String privateKey(String name) throws IOException {
        try (InputStream in = Files.newInputStream(keyStore(name))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the key of " + name, e);
        }
    }

    /**
     * A certificate with its key.
     *
     * @param certificate PEM file
     * @param key PEM file, PKCS #8, not encrypted
     */
    public record Identity(Path certificate, Path key) {}
}
