package com.connylabs.ingest.core.queue.nats;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts a server that a file of certificates vouches for, under the name that it was called by. */
final class ServerTrust extends X509ExtendedTrustManager {
    private final Loader loader;
    private volatile X509ExtendedTrustManager last;

    /** @throws IOException if the file cannot be read now; later the last good content counts then */
    ServerTrust(Loader loader) throws IOException {
        this.loader = loader;
        this.last = loader.load();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket secured)) {
            throw new CertificateException("the name of the server cannot be checked");
        }
        // jnats leaves this out, and without it a certificate of any host would do.
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        current().checkServerTrusted(chain, authType, secured);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("the name of the server cannot be checked");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("the name of the server cannot be checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return last.getAcceptedIssuers();
    }

    private X509ExtendedTrustManager current() {
        try {
            last = loader.load();
        } catch (IOException e) {
            // Being replaced this very moment, perhaps: what was good until now is still good.
            return last;
        }
        return last;
    }

    /** Reads the certificates. */
    @FunctionalInterface
    interface Loader {
        X509ExtendedTrustManager load() throws IOException;
    }
}
