package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A page that waits: some 100 bytes an object, where the objects themselves would take three times that. */
final class PackedPage {
    private static final int NONE = -1;

    private final byte[] bytes;
    private final int size;

    private PackedPage(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    static PackedPage of(List<ListedObject> objects) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (ListedObject object : objects) {
                write(out, object.key());
                write(out, object.eTag());
                out.writeLong(object.size().orElse(NONE));
                write(out, object.modified());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail so
        }
        return new PackedPage(bytes.toByteArray(), objects.size());
    }

    /** How many objects there are. */
    int size() {
        return size;
    }

    List<ListedObject> objects() {
        List<ListedObject> objects = new ArrayList<>(size);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (objects.size() < size) {
                String key = String.valueOf(read(in));
                String eTag = read(in);
                long length = in.readLong();
                OptionalLong known = length == NONE ? OptionalLong.empty() : OptionalLong.of(length);
                objects.add(new ListedObject(key, eTag, known, read(in)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(NONE);
            return;
        }
        byte[] encoded = text.getBytes(UTF_8);
        out.writeInt(encoded.length);
        out.write(encoded);
    }

    private static @Nullable String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : new String(in.readNBytes(length), UTF_8);
    }
}
