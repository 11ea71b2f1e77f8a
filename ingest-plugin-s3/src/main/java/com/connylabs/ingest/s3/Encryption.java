package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.PluginConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the store encrypts what it keeps.
 *
 * @param headers the request headers that ask for it
 */
record Encryption(Map<String, String> headers) {
    private static final String ALGORITHM = "x-amz-server-side-encryption";
    private static final String KMS = "aws:kms";

    /** From the key {@code sse}; what is wrong is noted there. */
    static Encryption read(PluginConfig config) {
        String text = config.string("sse").orElse("");
        Map<String, String> headers = new TreeMap<>();
        if (text.equals("AES256") || text.equals(KMS)) {
            headers.put(ALGORITHM, text);
        } else if (text.startsWith(KMS + ":") && text.length() > KMS.length() + 1) {
            headers.put(ALGORITHM, KMS);
            headers.put(ALGORITHM + "-aws-kms-key-id", text.substring(KMS.length() + 1));
        } else if (!text.isEmpty()) {
            config.problem("sse", "expected AES256, aws:kms, or aws:kms: and the id of a key");
        }
        return new Encryption(Map.copyOf(headers));
    }
}
