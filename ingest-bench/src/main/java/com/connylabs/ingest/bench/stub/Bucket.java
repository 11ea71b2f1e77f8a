package com.connylabs.ingest.bench.stub;

import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bucket, what was asked of it, and when. Safe to use from many threads. */
final class Bucket {
    /** By key; ours are ASCII, so that this is S3's order. */
    final NavigableMap<String, Item> objects = new ConcurrentSkipListMap<>();

    final Map<String, Uploading> uploads = new ConcurrentHashMap<>();
    final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stored = lock.newCondition();
    private boolean gated;
    private boolean open;
    private long listed;
    private long writes;
    private long lastWrite;

    /** An upload in parts. */
    record Uploading(java.util.List<String> headers, NavigableMap<Integer, Item> parts) {}

    void count(String what, long by) {
        counts.computeIfAbsent(what, w -> new LongAdder()).add(by);
    }

    void put(String key, Item item) {
        objects.put(key, item);
        lock.lock();
        try {
            writes++;
            lastWrite = System.nanoTime();
            stored.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so many objects to be stored since the last reset; the moment of the last one, 0 if it took too long. */
    long awaitWrites(long count, long seconds) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(seconds);
        lock.lock();
        try {
            while (writes < count && left > 0) {
                left = stored.awaitNanos(left);
            }
            return writes < count ? 0 : lastWrite;
        } finally {
            lock.unlock();
        }
    }

    /** Shows its objects to the next whole listing, and to none after it. */
    void showOnce() {
        gate(true);
    }

    /** Shows nothing to listings. */
    void hide() {
        gate(false);
    }

    private void gate(boolean once) {
        lock.lock();
        try {
            gated = true;
            open = once;
            listed = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a listing may see something. */
    boolean visible(boolean first) {
        lock.lock();
        try {
            if (listed == 0 && first && (open || !gated)) {
                listed = System.nanoTime();
            }
            return open || !gated;
        } finally {
            lock.unlock();
        }
    }

    /** A listing has come to its end. */
    void listedWhole() {
        lock.lock();
        try {
            open = false;
        } finally {
            lock.unlock();
        }
    }

    /** When it was listed first since it was shown, 0 if it was not. */
    long listed() {
        lock.lock();
        try {
            return listed;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was counted. */
    void reset() {
        counts.clear();
        lock.lock();
        try {
            writes = 0;
            listed = 0;
        } finally {
            lock.unlock();
        }
    }
}
