package com.connylabs.ingest.core.queue.nats;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS out of files, which are read again for each connection. */
final class NatsTls {
    private NatsTls() {}

    /**
     * A context that checks the server's name (jnats does not) and shows our certificate, if there is one.
     *
     * @throws IOException if a file is missing or is not what it should be
     */
    static SSLContext context(NatsAuth auth) throws IOException {
        try {
            ServerTrust trust = new ServerTrust(() -> trustManager(auth.caFile()));
            KeyManager @Nullable [] keys = null;
            if (auth.certFile().isPresent() && auth.keyFile().isPresent()) {
                keys = new KeyManager[] {
                    new ClientKey(auth.certFile().get(), auth.keyFile().get())
                };
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static X509ExtendedTrustManager trustManager(Optional<Path> caFile) throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(caFile.isPresent() ? keyStore(caFile.get()) : null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
            throw new IOException("this Java has no trust manager for X.509");
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyStore keyStore(Path caFile) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate certificate : PemFiles.certificates(caFile)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }
}
