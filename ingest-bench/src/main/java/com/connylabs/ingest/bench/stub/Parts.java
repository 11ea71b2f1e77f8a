package com.connylabs.ingest.bench.stub;

import java.security.MessageDigest;
import java.util.HexFormat;

/** Makes an object of its parts. */
final class Parts {
    private Parts() {}

    /** Its phase is unknown unless each part goes on where the one before it ended. */
    static Item join(Bucket.Uploading upload) {
        MessageDigest sums = Content.md5();
        long size = 0;
        int phase = upload.parts().firstEntry().getValue().phase();
        for (Item part : upload.parts().values()) {
            boolean goesOn = phase != Content.UNKNOWN
                    && part.phase() != Content.UNKNOWN
                    && part.phase() == (phase + size) % Content.PERIOD;
            phase = goesOn ? phase : Content.UNKNOWN;
            size += part.size();
            sums.update(HexFormat.of().parseHex(part.eTag()));
        }
        String eTag = Content.hex(sums) + "-" + upload.parts().size();
        return new Item(eTag, size, phase, upload.headers(), System.currentTimeMillis());
    }
}
