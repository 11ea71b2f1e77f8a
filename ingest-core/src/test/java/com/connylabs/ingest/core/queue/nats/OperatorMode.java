package com.connylabs.ingest.core.queue.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * An operator, an account and a user, who vouch for each other with JWTs, as the tool {@code nsc} makes them. Source:
 * NATS, JWT authentication and nkeys.
 */
final class OperatorMode {
    private static final int OPERATOR = 14 << 3;
    private static final int ACCOUNT = 0;
    private static final int USER = 20 << 3;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final KeyPair operator = generate();
    private final KeyPair system = generate();
    private final KeyPair account = generate();
    private final KeyPair user = generate();

    String serverConfig() throws GeneralSecurityException {
        String limits =
                "\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,\"wildcards\":true,"
                        + "\"conn\":-1,\"leaf\":-1,\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1},";
        String systemId = id(system, ACCOUNT);
        return "operator: "
                + jwt(
                        operator,
                        OPERATOR,
                        id(operator, OPERATOR),
                        "operator",
                        "\"system_account\":\"" + systemId + "\",")
                + "\nresolver: MEMORY\nsystem_account: " + systemId + "\nresolver_preload: {\n"
                + preload(id(account, ACCOUNT), limits) + preload(systemId, "") + "}\n";
    }

    private String preload(String id, String claims) throws GeneralSecurityException {
        return "  " + id + ": " + jwt(operator, OPERATOR, id, "account", claims) + "\n";
    }

    String userCreds() throws GeneralSecurityException {
        String limits = "\"subs\":-1,\"data\":-1,\"payload\":-1,\"pub\":{},\"sub\":{},";
        byte[] raw = new byte[34];
        // A seed's prefix, 18 << 3, and in its low bits, split over two bytes, the user's.
        raw[0] = (byte) 0x95;
        raw[1] = 0;
        System.arraycopy(((EdECPrivateKey) user.getPrivate()).getBytes().orElseThrow(), 0, raw, 2, 32);
        return "-----BEGIN NATS USER JWT-----\n" + jwt(account, ACCOUNT, id(user, USER), "user", limits)
                + "\n------END NATS USER JWT------\n\n" + "-----BEGIN USER NKEY SEED-----\n" + checked(raw)
                + "\n------END USER NKEY SEED------\n";
    }

    private static String jwt(KeyPair issuer, int kind, String subject, String type, String further)
            throws GeneralSecurityException {
        String head = base64("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}".getBytes(UTF_8));
        String claims = "{\"jti\":\"%s\",\"iat\":1700000000,\"iss\":\"" + id(issuer, kind) + "\",\"name\":\"" + type
                + "\",\"sub\":\"" + subject + "\",\"nats\":{" + further + "\"type\":\"" + type + "\",\"version\":2}}";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(claims.getBytes(UTF_8));
        String signed = head + "." + base64(claims.formatted(base32(digest)).getBytes(UTF_8));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(issuer.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + base64(signature.sign());
    }

    private static String id(KeyPair pair, int kind) {
        EdECPublicKey key = (EdECPublicKey) pair.getPublic();
        byte[] raw = new byte[33];
        raw[0] = (byte) kind;
        for (int i = 0; i < 32; i++) {
            raw[1 + i] = key.getPoint().getY().shiftRight(8 * i).byteValue();
        }
        raw[32] |= (byte) (key.getPoint().isXOdd() ? 0x80 : 0);
        return checked(raw);
    }

    private static String checked(byte[] raw) {
        int crc = 0;
        for (byte b : raw) {
            crc ^= (b & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }
        byte[] whole = Arrays.copyOf(raw, raw.length + 2);
        whole[raw.length] = (byte) crc;
        whole[raw.length + 1] = (byte) (crc >> 8);
        return base32(whole);
    }

    private static String base32(byte[] bytes) {
        int bits = bytes.length * 8;
        int digits = (bits + 4) / 5;
        BigInteger number = new BigInteger(1, bytes).shiftLeft(digits * 5 - bits);
        var text = new StringBuilder();
        for (int i = digits - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(number.shiftRight(5 * i).intValue() & 31));
        }
        return text.toString();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
