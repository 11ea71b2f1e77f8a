package com.connylabs.ingest.cli.run;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap near what is in use. The JVM begins with a heap in proportion to the machine, lets it grow at every burst
 * of work, and gives nothing of that back by itself. A full collection does, and takes some milliseconds, because little is
 * in use.
 */
final class HeapFootprint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HeapFootprint.class);

    /** With so much, collecting takes few per cent of the time at the rates that one process reaches. */
    private static final long ENOUGH = 80L << 20;

    /** Slack, so that the JVM's own adjustments do not set us off. */
    private static final long TOO_MUCH = 160L << 20;

    /** Room beside what is in use, which is more while large objects are on their way. */
    private static final long ROOM = 64L << 20;

    private final NotificationListener listener = (notification, unused) -> collected(notification);
    private long most = TOO_MUCH;

    private HeapFootprint() {}

    /** Collects once, and goes on watching. */
    static HeapFootprint keep() {
        HeapFootprint footprint = new HeapFootprint();
        footprint.shrink();
        collectors(emitter -> emitter.addNotificationListener(footprint.listener, null, null));
        return footprint;
    }

    private void collected(Notification notification) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
                && committed() > Math.max(most, used() + ROOM)) {
            shrink();
        }
    }

    /** What does not go is what the user has asked for: it is tried again only after it has doubled. */
    private synchronized void shrink() {
        long before = committed();
        long used = used();
        leave(1 - (double) used / Math.max(ENOUGH, used + ROOM));
        System.gc();
        most = committed() < before ? TOO_MUCH : Math.max(TOO_MUCH, 2 * before);
    }

    /** How much of the heap may be empty after a full collection. The option is meant to be set in a running JVM. */
    private static void leave(double share) {
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .setVMOption("MaxHeapFreeRatio", Long.toString(Math.round(100 * share)));
        } catch (IllegalArgumentException e) {
            log.atDebug().setCause(e).log("this JVM decides by itself how much of the heap it keeps");
        }
    }

    private static long committed() {
        return Runtime.getRuntime().totalMemory();
    }

    private static long used() {
        return committed() - Runtime.getRuntime().freeMemory();
    }

    private interface Use {
        void of(NotificationEmitter emitter) throws ListenerNotFoundException;
    }

    private static void collectors(Use use) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                try {
                    use.of(emitter);
                } catch (ListenerNotFoundException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        collectors(emitter -> emitter.removeNotificationListener(listener));
    }
}
