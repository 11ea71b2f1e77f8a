package com.connylabs.ingest.core.queue.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NkeyTest {
    // The example of the NATS documentation.
    static final String SEED = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";
    static final String PUBLIC = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    @Test
    void thePublicKeyBelongsToTheSeed() throws Exception {
        assertEquals(PUBLIC, Nkey.ofSeed(SEED).publicKey(), "public key");
        assertEquals(PUBLIC, Nkey.ofSeed(" " + SEED + "\n").publicKey(), "with white space around it");
    }

    @Test
    void signaturesAreEd25519() throws Exception {
        // RFC 8032, section 7.1, test 2: the seed of that key, as an nkey, and its signature of the byte 0x72.
        Nkey key = Nkey.ofSeed(RFC_8032_TEST_2);
        assertEquals(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                HexFormat.of().formatHex(key.sign(new byte[] {0x72})),
                "signature");
    }

    @Test
    void whatIsNoSeedOfAUserIsRefusedWithoutShowingIt() {
        for (String bad : List.of(
                "",
                "SU",
                PUBLIC,
                SEED.toLowerCase(Locale.ROOT),
                SEED.substring(1),
                SEED.replace("ACSSL", "ACSSM"),
                "SAAEZTIITMUP7FW2TW3MGRXMCFHA6W4KGGPTLK5GETNIZ5XNJ64KN645MY")) {
            var error = assertThrows(GeneralSecurityException.class, () -> Nkey.ofSeed(bad), bad);
            assertFalse(bad.length() > 2 && error.toString().contains(bad), "the message shows it: " + error);
        }
        assertEquals(58, SEED.getBytes(StandardCharsets.US_ASCII).length, "length that the message names");
    }

    static final String RFC_8032_TEST_2 = "SUAEZTIITMUP7FW2TW3MGRXMCFHA6W4KGGPTLK5GETNIZ5XNJ64KN63OVI";
}
