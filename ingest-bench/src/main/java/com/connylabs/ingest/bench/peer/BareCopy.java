package com.connylabs.ingest.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The least that copies with the same SDK: lists every second, and copies what it finds, so many at the same time. No
 * queue, no retries but the SDK's, nothing that survives its end.
 */
public final class BareCopy {
    private static final long INTERVAL_MILLIS = 1000;

    private BareCopy() {}

    /**
     * Copies until it is killed.
     *
     * @param args the source's endpoint, the bucket, the concurrency, and the destinations' endpoints
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        String bucket = args[1];
        int concurrency = Integer.parseInt(args[2]);
        ExecutorService parts = Executors.newFixedThreadPool(concurrency);
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        S3Client source = BareClient.of(args[0]);
        List<S3Client> destinations =
                Stream.of(args).skip(3).map(BareClient::of).toList();
        BareObject copy = new BareObject(source, destinations, bucket, parts);
        while (true) {
            copyAll(source, bucket, copy, threads);
            Thread.sleep(INTERVAL_MILLIS);
        }
    }

    private static void copyAll(S3Client source, String bucket, BareObject copy, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        for (S3Object object :
                source.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
            running.add(threads.submit(() -> {
                copy.run(object.key());
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }
}
