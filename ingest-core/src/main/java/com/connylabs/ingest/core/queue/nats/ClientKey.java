package com.connylabs.ingest.core.queue.nats;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows the certificate that is in a file when the connection is made. */
final class ClientKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final Path certificateFile;
    private final Path keyFile;
    private volatile Identity identity;

    /** @throws IOException if a file cannot be read now; later the last good content counts then */
    ClientKey(Path certificateFile, Path keyFile) throws IOException {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.identity = load();
    }

    @Override
    public String chooseClientAlias(
            String @Nullable [] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        try {
            identity = load();
        } catch (IOException e) {
            // Being replaced this very moment, perhaps: what was good until now is still good.
            return ALIAS;
        }
        return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
            String @Nullable [] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseClientAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private Identity load() throws IOException {
        return new Identity(PemFiles.certificates(certificateFile), PemFiles.privateKey(keyFile));
    }

    private record Identity(List<X509Certificate> chain, PrivateKey key) {
        @Override
        public String toString() {
            return "Identity[" + chain.get(0).getSubjectX500Principal() + "]";
        }
    }
}
