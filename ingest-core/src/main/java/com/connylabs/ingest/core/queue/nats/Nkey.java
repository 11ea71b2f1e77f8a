package com.connylabs.ingest.core.queue.nats;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * A NATS user's key, made from its seed with what Java brings. (jnats has the same with a library of 5 MB.)
 *
 * <p>Source: NATS, nkeys: base 32 without padding of prefix, key and CRC-16/XMODEM, low byte first.
 */
final class Nkey {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SEED = 18 << 3;
    private static final int USER = 20 << 3;
    private static final int KEY_BYTES = 32;
    private static final int ENCODED_SEED_BYTES = 2 + KEY_BYTES + 2;

    private final KeyPair pair;

    private Nkey(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * Reads a seed.
     *
     * @throws GeneralSecurityException if it is none of a user; the message does not show it
     */
    static Nkey ofSeed(String seed) throws GeneralSecurityException {
        byte[] raw = decode(seed.strip());
        if (raw.length != ENCODED_SEED_BYTES || !checked(raw)) {
            throw new GeneralSecurityException("it is not a seed; seeds of users begin with SU and have 58 characters");
        }
        int kind = (raw[0] & 0x07) << 5 | (raw[1] & 0xF8) >> 3;
        if ((raw[0] & 0xF8) != SEED || kind != USER) {
            throw new GeneralSecurityException("it is not a user's seed; those begin with SU");
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Given(Arrays.copyOfRange(raw, 2, 2 + KEY_BYTES)));
        return new Nkey(generator.generateKeyPair());
    }

    /** The public key as NATS writes it, beginning with U. */
    String publicKey() {
        EdECPublicKey key = (EdECPublicKey) pair.getPublic();
        byte[] raw = new byte[1 + KEY_BYTES + 2];
        raw[0] = (byte) USER;
        byte[] bigEndian = key.getPoint().getY().toByteArray();
        for (int i = 0; i < Math.min(bigEndian.length, KEY_BYTES); i++) {
            raw[1 + i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            raw[KEY_BYTES] |= (byte) 0x80;
        }
        int crc = crc(raw, 1 + KEY_BYTES);
        raw[1 + KEY_BYTES] = (byte) crc;
        raw[2 + KEY_BYTES] = (byte) (crc >> 8);
        return encode(raw);
    }

    /** Signs what the server asks to be signed. */
    byte[] sign(byte[] nonce) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(nonce);
        return signature.sign();
    }

    private static byte[] decode(String text) throws GeneralSecurityException {
        var bytes = new ByteArrayOutputStream();
        int bits = 0;
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new GeneralSecurityException("it is not a seed: character " + (i + 1) + " is not of base 32");
            }
            bits = bits << 5 | digit;
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes.write(bits >> count);
                bits &= (1 << count) - 1;
            }
        }
        return bytes.toByteArray();
    }

    private static String encode(byte[] bytes) {
        var text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (byte b : bytes) {
            bits = bits << 8 | (b & 0xFF);
            count += 8;
            while (count >= 5) {
                count -= 5;
                text.append(ALPHABET.charAt(bits >> count & 0x1F));
            }
            bits &= (1 << count) - 1;
        }
        if (count > 0) {
            text.append(ALPHABET.charAt(bits << (5 - count) & 0x1F));
        }
        return text.toString();
    }

    private static boolean checked(byte[] raw) {
        int crc = crc(raw, raw.length - 2);
        return raw[raw.length - 2] == (byte) crc && raw[raw.length - 1] == (byte) (crc >> 8);
    }

    private static int crc(byte[] bytes, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }
        return crc & 0xFFFF;
    }

    /** Gives out the seed as "random": the one way Java's generator takes a seed and computes the public key. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
