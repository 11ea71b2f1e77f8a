package com.connylabs.ingest.s3;

import software.amazon.awssdk.core.exception.SdkException;

/** Credentials that were there before cannot be had; the store was not even asked. */
final class CredentialsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CredentialsException(SdkException cause) {
        super("the credentials cannot be renewed: " + cause.getMessage(), cause);
    }
}
