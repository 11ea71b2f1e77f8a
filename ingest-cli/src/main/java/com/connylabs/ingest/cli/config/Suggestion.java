package com.connylabs.ingest.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what a user may have meant. */
public final class Suggestion {
    private static final int LONGEST = 64;

    private Suggestion() {}

    /**
     * Suggests a known word for an unknown one.
     *
     * @param word what was written
     * @param known what would have been right
     * @return {@code ; did you mean "…"?}, or an empty text if nothing is like it
     */
    public static String of(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return "";
        }
        int tolerance = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= tolerance)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "; did you mean \"" + candidate + "\"?")
                .orElse("");
    }

    /** The number of letters to insert, remove, replace or swap with a neighbour, without regard to case. */
    private static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, cost, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int[][] cost, int i, int j) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
