package com.connylabs.ingest.file;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Stream;

/** Names that some file systems take for one: they differ in case, or in how their accents are written. */
final class Spelling {
    private Spelling() {}

    /** The same for all names that may be taken for one. */
    static String folded(String name) {
        String oneCase = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(oneCase, Normalizer.Form.NFD);
    }

    /** Other names, at least one of which finds the file of this name where the file system does not tell them apart. */
    static Stream<String> others(String name) {
        return Stream.of(
                        otherCase(name),
                        Normalizer.normalize(name, Normalizer.Form.NFC),
                        Normalizer.normalize(name, Normalizer.Form.NFD))
                .filter(other -> !other.equals(name));
    }

    /** One letter in the other case will do, a plain one if there is any: about these all file systems agree. */
    private static String otherCase(String name) {
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter < 0x80 && Character.isLetter(letter)) {
                return name.substring(0, i) + (char) (letter ^ 0x20) + name.substring(i + 1);
            }
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
    }
}
