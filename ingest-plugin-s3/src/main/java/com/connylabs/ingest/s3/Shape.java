package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Inventory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How the keys that were listed last are spread over prefixes that end with a slash, and whether all keys came in order.
 * Used by one thread.
 */
final class Shape {
    /** The order in which S3 lists. */
    static final Comparator<String> ORDER = Inventory.ORDER;

    private static final int DEEPEST = 15;
    /** Of each branch half a page is lost on the average: with this many pages that is a twentieth. */
    private static final int PAGES_A_BRANCH = 10;

    private final String base;
    private final int[] begun = new int[DEEPEST + 1];
    private int pages;
    private String last = "";
    private boolean ordered = true;
    private boolean byBytes;

    Shape(String base) {
        this.base = base;
    }

    /** Whether a key comes after another, in the order of S3 and in that of stores which compare UTF-16. */
    static boolean isBehind(String key, String other) {
        return ORDER.compare(key, other) > 0 && key.compareTo(other) > 0;
    }

    /** Whether keys are below a prefix, and come in order after those so far. */
    boolean goesOnWith(List<ListedObject> page, String prefix) {
        String before = last;
        for (ListedObject object : page) {
            if (!object.key().startsWith(prefix) || !isBehind(object.key(), before)) {
                return false;
            }
            before = object.key();
        }
        return true;
    }

    /** A page was given out. */
    void add(List<ListedObject> page) {
        ordered &= goesOnWith(page, base);
        pages++;
        for (ListedObject object : page) {
            count(object.key());
            last = object.key();
        }
    }

    private void count(String key) {
        int same = last.isEmpty() ? key.length() : mismatch(last, key);
        byBytes |= isBeforeSlash(last, key, same);
        int depth = 0;
        for (int slash = slash(key, base.length()); slash >= 0 && depth < DEEPEST; slash = slash(key, slash + 1)) {
            depth++;
            begun[depth] += slash >= same ? 1 : 0;
        }
    }

    private static int mismatch(String left, String right) {
        int most = Math.min(left.length(), right.length());
        int at = 0;
        while (at < most && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        return at;
    }

    private static boolean isBeforeSlash(String key, String next, int at) {
        return at < key.length() && key.charAt(at) < '/' && at < next.length() && next.charAt(at) == '/';
    }

    private static int slash(String key, int from) {
        return key.indexOf('/', from);
    }

    /** Counts anew. */
    void restart() {
        pages = 0;
        Arrays.fill(begun, 0);
    }

    int pages() {
        return pages;
    }

    /** The last key that was given out. */
    String last() {
        return last;
    }

    boolean isOrdered() {
        return ordered;
    }

    /** Whether a key came before what is in a directory and would not, if that were listed next to its name. */
    boolean isByBytes() {
        return byBytes;
    }

    /** The store cannot be trusted to list in order. */
    void spoil() {
        ordered = false;
    }

    /** The number of slashes that makes the smallest branches which are worth their requests; 0 if there is none. */
    int depth() {
        int best = 0;
        int above = 0;
        for (int depth = 1; depth <= DEEPEST && end(depth) > 0; depth++) {
            // Those above take a request each, so each of them is as two halves.
            if (PAGES_A_BRANCH * (2 * above + begun[depth]) <= pages) {
                best = depth;
            }
            above += begun[depth];
        }
        return best;
    }

    /** The branch of the last key. */
    String branch(int depth) {
        return last.substring(0, end(depth));
    }

    /** Where the prefix of the last key ends that has so many slashes; 0 if there is none. */
    private int end(int depth) {
        int end = base.length();
        for (int i = 0; i < depth; i++) {
            int slash = slash(last, end);
            if (slash < 0) {
                return 0;
            }
            end = slash + 1;
        }
        return end;
    }
}
