package com.connylabs.ingest.core.queue.nats;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files that prove to NATS who we are, and to us who NATS is. They are read whenever a connection is made, so that
 * they can be renewed. User and password, or a token, travel in the endpoint's URL instead.
 *
 * @param credsFile a credentials file with a user's JWT and seed, as {@code nsc} writes it
 * @param nkeyFile a file with a user's seed
 * @param caFile certificates (PEM) of those who may vouch for the server; else those that Java trusts
 * @param certFile our certificate (PEM), with those that vouch for it
 * @param keyFile its key (PEM, PKCS #8)
 */
public record NatsAuth(
        Optional<Path> credsFile,
        Optional<Path> nkeyFile,
        Optional<Path> caFile,
        Optional<Path> certFile,
        Optional<Path> keyFile) {
    /** No files. */
    public static final NatsAuth NONE =
            new NatsAuth(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks that the files go together. */
    public NatsAuth {
        if (credsFile.isPresent() && nkeyFile.isPresent()) {
            throw new IllegalArgumentException("a credentials file and an nkey file: one of them is too many");
        }
        if (certFile.isPresent() != keyFile.isPresent()) {
            throw new IllegalArgumentException("a client certificate needs its key, and the key its certificate");
        }
    }

    /**
     * Logs in with a credentials file.
     *
     * @param file see {@link #credsFile}
     * @return a changed copy
     */
    public NatsAuth withCreds(Path file) {
        return new NatsAuth(Optional.of(file), nkeyFile, caFile, certFile, keyFile);
    }

    /**
     * Logs in with an nkey.
     *
     * @param file see {@link #nkeyFile}
     * @return a changed copy
     */
    public NatsAuth withNkey(Path file) {
        return new NatsAuth(credsFile, Optional.of(file), caFile, certFile, keyFile);
    }

    /**
     * Trusts these certificates only.
     *
     * @param file see {@link #caFile}
     * @return a changed copy
     */
    public NatsAuth withCa(Path file) {
        return new NatsAuth(credsFile, nkeyFile, Optional.of(file), certFile, keyFile);
    }

    /**
     * Shows a certificate.
     *
     * @param certificate see {@link #certFile}
     * @param key see {@link #keyFile}
     * @return a changed copy
     */
    public NatsAuth withCertificate(Path certificate, Path key) {
        return new NatsAuth(credsFile, nkeyFile, caFile, Optional.of(certificate), Optional.of(key));
    }

    boolean tls() {
        return caFile.isPresent() || certFile.isPresent();
    }
}
