package com.connylabs.ingest.core.queue.nats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys. Messages name the file and the mend, and show nothing of a key. */
final class PemFiles {
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END", Pattern.DOTALL);

    private PemFiles() {}

    static List<X509Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(file + " has no certificate; it should have BEGIN CERTIFICATE in it");
            }
            return found;
        } catch (CertificateException e) {
            throw new IOException(file + " is not a file of certificates (PEM): " + e.getMessage(), e);
        }
    }

    static PrivateKey privateKey(Path file) throws IOException {
        Matcher matcher = KEY.matcher(Files.readString(file));
        if (!matcher.find()) {
            throw new IOException(file + " has no unencrypted PKCS #8 key (BEGIN PRIVATE KEY); convert it with"
                    + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        try {
            return decode(Base64.getMimeDecoder().decode(matcher.group(1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    file + " has a damaged key, or one of a kind that is neither RSA nor EC nor EdDSA", e);
        }
    }

    private static PrivateKey decode(byte[] encoded) throws GeneralSecurityException {
        InvalidKeySpecException last = new InvalidKeySpecException();
        for (String kind : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw last;
    }
}
