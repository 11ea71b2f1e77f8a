package com.connylabs.ingest.cli;

import java.util.Set;

/** Lets a long option begin with a single dash, as Go's flags may: units that start the original stay as they are. */
final class GoFlags {
    private GoFlags() {}

    static String[] normalized(String[] args, Set<String> known) {
        String[] normalized = args.clone();
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            String name = args[i].replaceFirst("(?s)=.*", "");
            boolean single = name.length() > 2 && name.charAt(0) == '-' && name.charAt(1) != '-';
            if (single && known.contains("-" + name)) {
                normalized[i] = "-" + args[i];
            }
        }
        return normalized;
    }
}
