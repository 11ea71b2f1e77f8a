package com.connylabs.ingest.tck.fake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.tck.ClientContract;
import com.connylabs.ingest.tck.NexterContract;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemorySourceTest {
    private final InMemorySource source = new InMemorySource();

    @Nested
    class Listing extends NexterContract {
        @Override
        protected Nexter nexter() {
            return source.nexter();
        }

        @Override
        protected void put(String name, byte[] bytes) {
            source.put(name, bytes);
        }
    }

    @Nested
    class Downloading extends ClientContract {
        @Override
        protected Client client() {
            return source;
        }

        @Override
        protected Codec put(String name, byte[] bytes) {
            source.put(name, bytes);
            return source.element(name);
        }

        @Override
        protected void remove(Codec element) {
            source.remove(element.name());
        }
    }

    @Nested
    class DownloadingUnknownLengths extends ClientContract {
        @Override
        protected Client client() {
            return source;
        }

        @Override
        protected Codec put(String name, byte[] bytes) {
            source.putOfUnknownLength(name, bytes);
            return source.element(name);
        }

        @Override
        protected void remove(Codec element) {
            source.remove(element.name());
        }

        @Override
        protected boolean reportsLength() {
            return false;
        }

        @Override
        protected boolean readsRanges() {
            return false;
        }
    }

    @Test
    void hookAndFilterSeeNames() throws Exception {
        source.put("a", new byte[] {1, 2, 3});
        source.filter((name, body) -> new ByteArrayInputStream(new byte[] {9}));
        try (IngestObject object = source.download(source.element("a")).orElseThrow()) {
            assertArrayEquals(new byte[] {9}, object.body().readAllBytes(), "filtered body");
        }
        source.hook((operation, name) -> {
            if (operation == Operation.DOWNLOAD && name.equals("a")) {
                throw new TransientException("not now");
            }
        });
        assertThrows(TransientException.class, () -> source.download(source.element("a")), "hook");
        assertTrue(source.download(source.element("b")).isEmpty(), "another name");
        assertEquals(2, source.calls(Operation.DOWNLOAD, "a"), "downloads of a");
        assertEquals(3, source.calls(Operation.DOWNLOAD), "downloads");
    }
}
