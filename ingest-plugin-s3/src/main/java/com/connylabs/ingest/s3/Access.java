package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.Secret;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Who we are at a store: a key, a profile, or whatever is found.
 *
 * @param accessKey the access key's id, if there is a key
 * @param secretKey the secret that belongs to it
 * @param sessionToken what a temporary key comes with
 * @param profile a profile of the AWS configuration files
 */
record Access(
        Optional<String> accessKey,
        Optional<Secret> secretKey,
        Optional<Secret> sessionToken,
        Optional<String> profile) {

    /** What is wrong is noted in the configuration. */
    static Access read(PluginConfig config) {
        Access access = new Access(
                text(config, "accessKeyID"),
                text(config, "secretAccessKey").map(Secret::new),
                text(config, "sessionToken").map(Secret::new),
                text(config, "profile"));
        if (access.accessKey.isPresent() && access.secretKey.isEmpty()) {
            config.problem("secretAccessKey", "is required with accessKeyID");
        }
        if (access.secretKey.isPresent() && access.accessKey.isEmpty()) {
            config.problem("accessKeyID", "is required with secretAccessKey");
        }
        if (access.sessionToken.isPresent() && access.accessKey.isEmpty()) {
            config.problem("sessionToken", "needs accessKeyID and secretAccessKey");
        }
        if (access.profile.isPresent() && access.accessKey.isPresent()) {
            config.problem("profile", "accessKeyID is given as well; give one or the other");
        }
        return access;
    }

    boolean mayBeAnonymous() {
        return accessKey.isEmpty() && profile.isEmpty();
    }

    private static Optional<String> text(PluginConfig config, String key) {
        return config.string(key).filter(text -> !text.isEmpty());
    }

    AwsCredentialsProvider provider() {
        if (accessKey.isPresent()) {
            return StaticCredentialsProvider.create(key(accessKey.get()));
        }
        if (profile.isPresent()) {
            return ProfileCredentialsProvider.create(profile.get());
        }
        return FoundOrAnonymous.create();
    }

    private AwsCredentials key(String id) {
        String secret = secretKey.map(Secret::reveal).orElse("");
        return sessionToken
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, secret, token.reveal()))
                .orElseGet(() -> AwsBasicCredentials.create(id, secret));
    }
}
