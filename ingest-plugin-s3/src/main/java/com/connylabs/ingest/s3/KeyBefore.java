package com.connylabs.ingest.s3;

/** Where to go on with a listing that is to begin with a key, which S3 cannot be told: it takes the one before. */
final class KeyBefore {
    private static final int BLANK = 0x20;
    /** Behind a prefix, it comes after next to everything that begins with that. */
    static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private KeyBefore() {}

    /** A text that comes before a key; few keys, or none, are between them. */
    static String of(String key) {
        if (key.isEmpty()) {
            return key;
        }
        int last = key.codePointBefore(key.length());
        String rest = key.substring(0, key.length() - Character.charCount(last));
        int before = last - 1;
        boolean character = before > BLANK && Character.isDefined(before) && !isSurrogate(before);
        return character ? rest + Character.toString(before) + LAST : rest;
    }

    private static boolean isSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
