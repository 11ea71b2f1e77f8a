package com.connylabs.ingest.core.queue.nats;

import io.nats.client.AuthHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Logs in with a seed, or a JWT and its seed, from a file that is read for each connection. */
final class FileLogin implements AuthHandler {
    private static final Pattern JWT = Pattern.compile("BEGIN NATS USER JWT-+\\s+(\\S+)");
    private static final Pattern SEED = Pattern.compile("(?m)^\\s*(SU[A-Z2-7]{56})\\s*$");

    private final Path file;
    private final boolean withJwt;

    private FileLogin(Path file, boolean withJwt) {
        this.file = file;
        this.withJwt = withJwt;
    }

    /** Logs in with what {@code nsc} writes. */
    static FileLogin creds(Path file) {
        return new FileLogin(file, true);
    }

    /** Logs in with a seed alone. */
    static FileLogin nkey(Path file) {
        return new FileLogin(file, false);
    }

    /**
     * Reads the file, to find a mistake before the server does.
     *
     * @throws IOException if it is missing, or is not what it should be; says what to do, and shows nothing of it
     */
    void check() throws IOException {
        key();
        jwt();
    }

    @Override
    public byte[] sign(byte[] nonce) {
        try {
            return key().sign(nonce);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot log in: " + e.getMessage(), e);
        }
    }

    @Override
    public char[] getID() {
        try {
            return key().publicKey().toCharArray();
        } catch (IOException e) {
            throw new IllegalStateException("cannot log in: " + e.getMessage(), e);
        }
    }

    @Override
    public char @Nullable [] getJWT() {
        try {
            return jwt();
        } catch (IOException e) {
            throw new IllegalStateException("cannot log in: " + e.getMessage(), e);
        }
    }

    private char @Nullable [] jwt() throws IOException {
        if (!withJwt) {
            return null;
        }
        Matcher matcher = JWT.matcher(Files.readString(file));
        if (!matcher.find()) {
            throw new IOException(file + " has no user JWT; it should be a credentials file, as nsc writes it");
        }
        return matcher.group(1).toCharArray();
    }

    private Nkey key() throws IOException {
        Matcher matcher = SEED.matcher(Files.readString(file));
        if (!matcher.find()) {
            throw new IOException(file + " has no user's seed, a line of 58 characters that begins with SU");
        }
        try {
            return Nkey.ofSeed(matcher.group(1));
        } catch (GeneralSecurityException e) {
            throw new IOException("the seed in " + file + ": " + e.getMessage(), e);
        }
    }
}
