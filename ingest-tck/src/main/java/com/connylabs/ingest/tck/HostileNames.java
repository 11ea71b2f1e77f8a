package com.connylabs.ingest.tck;

import java.util.List;

/** Names that a source may well come up with, and that have led programs astray. */
final class HostileNames {
    /** No two of them are the same object to any storage that stores names exactly. */
    static final List<String> ALL = List.of(
            "../x",
            "..",
            ".",
            "",
            "directory/../../y",
            "./z",
            "/abs",
            "//host/share",
            "a//b",
            "slash-at-the-end/",
            "/",
            "back\\slash",
            "..\\x",
            "C:\\x",
            "C:/x",
            "nul\u0000inside",
            "line\nbreak",
            "return\rcarriage",
            "tab\tstop",
            "bell\u0007",
            "delete\u007f",
            "\u0085next-line",
            " blank ",
            "a b+c%2F.txt",
            "%2e%2e%2fescaped",
            "ünï/😀",
            "u\u0308 decomposed",
            "\ud800 lone surrogate",
            "question?mark#hash&amp;",
            "star*[glob]{x}",
            "quo\"te'<>|:;",
            "$(touch x)`y`",
            "-rf",
            "~",
            "~root/x",
            ".hidden",
            "CON",
            "trailing-dot.",
            "k".repeat(255),
            "l".repeat(256),
            "m".repeat(1024),
            "long-segments/" + ("n".repeat(200) + "/").repeat(5) + "x",
            "deep" + "/d".repeat(510),
            "both",
            "both/below");

    private HostileNames() {}

    /** A short form that a report can show. */
    static String printable(String name) {
        StringBuilder text = new StringBuilder();
        name.chars()
                .limit(40)
                .forEach(c -> text.append(c < ' ' || c > '~' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return "\"" + text + (name.length() > 40 ? "… (" + name.length() + ")" : "") + "\"";
    }
}
