package com.connylabs.ingest.bench;

import com.connylabs.ingest.testkit.ManagedProcess;
import java.util.List;

/** Watches the memory of processes that may end at any time. */
final class PeakMemory implements AutoCloseable {
    private static final long POLL_MILLIS = 50;

    private final List<ManagedProcess> processes;
    private final Thread thread = new Thread(this::watch, "peak-memory");
    private volatile double mebibytes;

    private PeakMemory(List<ManagedProcess> processes) {
        this.processes = processes;
    }

    static PeakMemory of(List<ManagedProcess> processes) {
        PeakMemory peak = new PeakMemory(processes);
        peak.thread.start();
        return peak;
    }

    /** The most that any one of them had resident so far, in MiB. */
    double mebibytes() {
        look();
        return mebibytes;
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException closed) {
            return;
        }
    }

    private synchronized void look() {
        for (ManagedProcess process : processes) {
            mebibytes = Math.max(mebibytes, Usage.peakMemory(process.pid()));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
