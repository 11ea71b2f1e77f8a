package com.connylabs.ingest.bench.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Copies an object with our requests and our checks: HEAD, GET, PUT or parts, the length, and the MD5 where the ETag is one. */
final class BareObject {
    private static final int PART = 7 << 20;
    private static final int BUFFERS = 16;

    private final S3Client source;
    private final List<S3Client> destinations;
    private final String bucket;
    private final ExecutorService threads;
    private final Semaphore buffers = new Semaphore(BUFFERS);

    BareObject(S3Client source, List<S3Client> destinations, String bucket, ExecutorService threads) {
        this.source = source;
        this.destinations = destinations;
        this.bucket = bucket;
        this.threads = threads;
    }

    void run(String key) throws Exception {
        for (S3Client destination : destinations) {
            if (isThere(destination, key)) {
                throw new IllegalStateException(key + " is there already");
            }
        }
        try (ResponseInputStream<GetObjectResponse> in =
                source.getObject(get -> get.bucket(bucket).key(key))) {
            long length = in.response().contentLength();
            String eTag = in.response().eTag().replace("\"", "");
            @Nullable MessageDigest digest = eTag.contains("-") ? null : md5();
            if (length <= PART) {
                byte[] bytes = read(in, (int) length, digest);
                check(key, digest, eTag);
                for (S3Client destination : destinations) {
                    destination.putObject(
                            put -> put.bucket(bucket).key(key),
                            RequestBody.fromContentProvider(
                                    () -> new ByteArrayInputStream(bytes), length, "application/octet-stream"));
                }
            } else {
                copyParts(key, in, length, digest);
                check(key, digest, eTag);
            }
        }
    }

    private boolean isThere(S3Client destination, String key) {
        try {
            destination.headObject(head -> head.bucket(bucket).key(key));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    private void copyParts(
            String key, ResponseInputStream<GetObjectResponse> in, long length, @Nullable MessageDigest digest)
            throws Exception {
        List<String> uploads = destinations.stream()
                .map(destination -> destination
                        .createMultipartUpload(begin -> begin.bucket(bucket).key(key))
                        .uploadId())
                .toList();
        List<List<Future<CompletedPart>>> sent = new ArrayList<>();
        destinations.forEach(destination -> sent.add(new ArrayList<>()));
        for (long done = 0; done < length; done += PART) {
            buffers.acquire();
            byte[] bytes = read(in, (int) Math.min(PART, length - done), digest);
            int number = (int) (done / PART) + 1;
            Semaphore users = new Semaphore(1 - destinations.size());
            for (int i = 0; i < destinations.size(); i++) {
                S3Client destination = destinations.get(i);
                String upload = uploads.get(i);
                sent.get(i).add(threads.submit(() -> {
                    try {
                        return send(destination, key, upload, number, bytes);
                    } finally {
                        users.release();
                        if (users.tryAcquire()) {
                            buffers.release();
                        }
                    }
                }));
            }
        }
        for (int i = 0; i < destinations.size(); i++) {
            complete(destinations.get(i), key, uploads.get(i), sent.get(i));
        }
    }

    private CompletedPart send(S3Client destination, String key, String upload, int number, byte[] bytes) {
        String eTag = destination
                .uploadPart(
                        part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromContentProvider(
                                () -> new ByteArrayInputStream(bytes), bytes.length, "application/octet-stream"))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    }

    private void complete(S3Client destination, String key, String upload, List<Future<CompletedPart>> sent)
            throws InterruptedException, ExecutionException {
        List<CompletedPart> parts = new ArrayList<>();
        for (Future<CompletedPart> part : sent) {
            parts.add(part.get());
        }
        destination.completeMultipartUpload(
                done -> done.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
    }

    private static byte[] read(ResponseInputStream<GetObjectResponse> in, int length, @Nullable MessageDigest digest)
            throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("the body is too short");
        }
        if (digest != null) {
            digest.update(bytes);
        }
        return bytes;
    }

    private static void check(String key, @Nullable MessageDigest digest, String eTag) throws IOException {
        if (digest != null && !HexFormat.of().formatHex(digest.digest()).equals(eTag)) {
            throw new IOException(key + " has another checksum");
        }
    }

    private static MessageDigest md5() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("MD5");
    }
}
