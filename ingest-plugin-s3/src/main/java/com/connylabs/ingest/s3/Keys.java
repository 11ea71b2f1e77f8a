package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.PermanentException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The key that a destination stores a name under: prefix, slash, name. One leading slash of the name is dropped, and none
 * is added where the prefix is empty or ends with one; nothing else is changed.
 */
final class Keys {
    private static final int MAX_BYTES = 1024;

    private Keys() {}

    static String join(String prefix, String name) {
        String rest = name.startsWith("/") ? name.substring(1) : name;
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix + rest : prefix + "/" + rest;
    }

    /** As {@link #join}, but refuses what cannot be a key. */
    static String checked(String prefix, String name) throws PermanentException {
        String key = join(prefix, name);
        if (name.isEmpty() || key.isEmpty()) {
            throw new PermanentException("the element's name is empty, and so there is no key to store it under");
        }
        int bytes = bytes(key);
        if (bytes > MAX_BYTES) {
            throw new PermanentException("the key " + key + " has " + bytes + " bytes; S3 takes " + MAX_BYTES);
        }
        return key;
    }

    private static int bytes(String key) throws PermanentException {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(key))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new PermanentException("the key " + S3Uris.encodePath(key) + " has half a character in it", e);
        }
    }
}
