package com.connylabs.ingest.core.copy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Checksum.Algorithm;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.TransientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCheckTest {
    // The check values of "123456789" that the catalogues of CRCs and the RFCs of the digests give.
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "MD5, 25f9e794323b453885f5181f1b624d0b",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void knowsEveryChecksum(Algorithm algorithm, String hex) throws Exception {
        byte[] content = "123456789".getBytes(US_ASCII);
        check(algorithm, hex, content).verify("x");
        content[8] = '0';
        assertThrows(
                TransientException.class, () -> check(algorithm, hex, content).verify("x"));
    }

    private static ContentCheck check(Algorithm algorithm, String hex, byte[] content) {
        ContentCheck check = new ContentCheck(ObjectAttributes.unknown().withChecksum(new Checksum(algorithm, hex)));
        check.update(content, content.length);
        return check;
    }

    @ParameterizedTest
    @CsvSource({"8", "10"})
    void noticesAnotherLength(long stated) {
        ContentCheck check = new ContentCheck(ObjectAttributes.unknown().withLength(stated));
        check.update(new byte[9], 9);
        assertThrows(TransientException.class, () -> check.verify("x"));
    }

    @ParameterizedTest
    @CsvSource({"0", "9"})
    void acceptsTheStatedLength(int stated) {
        ContentCheck check = new ContentCheck(ObjectAttributes.unknown().withLength(stated));
        check.update(new byte[stated], stated);
        assertDoesNotThrow(() -> check.verify("x"));
    }
}
