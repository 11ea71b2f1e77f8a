package com.connylabs.ingest.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils valid inputs, the same way for the same seed. Used by one thread. */
public final class Mutator {
    private static final int MOST_CHANGES = 6;
    private static final int MOST_REPEATS = 300;

    private final Random random;
    private final List<byte[]> words;

    /**
     * A mutator.
     *
     * @param seed decides everything that it does
     * @param words texts that are likely to hurt whoever reads such an input; may be none
     */
    public Mutator(long seed, String... words) {
        this.random = new Random(seed);
        this.words = Arrays.stream(words).map(word -> word.getBytes(UTF_8)).toList();
    }

    /**
     * Where everything that is decided at random comes from.
     *
     * @return for decisions of the caller
     */
    public Random random() {
        return random;
    }

    /**
     * An input that is probably not valid.
     *
     * @param valid what to begin with, at least one; not changed
     * @return one of them with some changes, or, now and then, something without any likeness
     */
    public byte[] next(byte[]... valid) {
        if (random.nextInt(50) == 0) {
            return bytes(random.nextInt(300));
        }
        byte[] input = valid[random.nextInt(valid.length)];
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = change(input, valid);
        }
        return input;
    }

    /**
     * An input that is probably not valid, as text; what is not UTF-8 is replaced.
     *
     * @param valid what to begin with, at least one
     * @return the text
     */
    public String text(String... valid) {
        byte[][] bytes = Arrays.stream(valid).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
        return new String(next(bytes), UTF_8);
    }

    private byte[] change(byte[] input, byte[][] valid) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(random.nextBoolean() ? 4 : input.length + 1));
        return switch (random.nextInt(words.isEmpty() ? 6 : 9)) {
            case 0 -> flipped(input, from);
            case 1 -> spliced(input, from, to, new byte[0]);
            case 2 -> Arrays.copyOf(input, from);
            case 3 -> spliced(input, from, to, bytes(random.nextInt(8)));
            case 4 -> spliced(input, from, from, repeated(Arrays.copyOfRange(input, from, to)));
            case 5 -> spliced(input, from, to, piece(valid[random.nextInt(valid.length)]));
            default -> spliced(input, from, random.nextBoolean() ? from : to, word());
        };
    }

    private byte[] flipped(byte[] input, int at) {
        byte[] changed = input.clone();
        if (at < changed.length) {
            changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] spliced(byte[] input, int from, int to, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + with.length);
        out.write(input, 0, from);
        out.writeBytes(with);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }

    private byte[] repeated(byte[] piece) {
        int most = piece.length > 100 ? 2 : MOST_REPEATS;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int times = 1 + random.nextInt(most); times > 0; times--) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    private byte[] piece(byte[] of) {
        int from = random.nextInt(of.length + 1);
        return Arrays.copyOfRange(of, from, Math.min(of.length, from + random.nextInt(40)));
    }

    private byte[] word() {
        byte[] word = words.get(random.nextInt(words.size()));
        return random.nextInt(10) == 0 ? repeated(word) : word;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
