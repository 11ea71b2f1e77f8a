package com.connylabs.ingest.bench.stub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalTest {
    private final Content content = new Content();
    private final int phase = Content.phaseOf("bucket/prefix/object-1");

    @Test
    void whatIsOursIsKnownAgain() throws Exception {
        byte[] bytes = bytes(Content.PERIOD + 100);
        Item item = arrive(bytes, 10_000);
        assertEquals(phase, item.phase());
        assertEquals(bytes.length, item.size());
        assertEquals(md5(bytes), item.eTag());
    }

    @Test
    void oneWrongByteIsNoticed() throws Exception {
        for (int at : new int[] {0, 7, 8, 9_999, 10_000, Content.PERIOD + 99}) {
            byte[] bytes = bytes(Content.PERIOD + 100);
            bytes[at] ^= 1;
            Item item = arrive(bytes, 10_000);
            assertEquals(Content.UNKNOWN, item.phase(), "byte " + at);
            assertEquals(md5(bytes), item.eTag(), "byte " + at);
        }
    }

    @Test
    void nothingHasAnETagToo() throws Exception {
        assertEquals(md5(new byte[0]), new Arrival(content).end(List.of()).eTag());
    }

    private Item arrive(byte[] bytes, int piece) {
        Arrival arrival = new Arrival(content);
        for (int from = 0; from < bytes.length; from += piece) {
            arrival.accept(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
        }
        return arrival.end(List.of());
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            ByteBuffer next = content.slice(phase + done, length - done);
            int count = next.remaining();
            next.get(bytes, done, count);
            done += count;
        }
        return bytes;
    }

    private static String md5(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }
}
