package com.connylabs.ingest.cli.run;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap near what is in use. The JVM begins with a heap in proportion to the machine, lets it grow at every burst
 * of work, and gives nothing of that back by itself. A full collection does, and takes some milliseconds, because little is
 * in use.
 */
final class HeapFootprint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HeapFootprint.class);

    /** Whoever gives the JVM little wants little to be taken: some of that stays free, too. */
    private static final long MOST = Runtime.getRuntime().maxMemory();

    /** With so much, collecting takes few per cent of the time at the rates that one process reaches. */
    private static final long ENOUGH = Math.min(96L << 20, MOST / 8 * 5);

    /** Slack, so that the JVM's own adjustments do not set us off. */
    private static final long TOO_MUCH = Math.min(160L << 20, MOST / 4 * 3);

    /** Room beside what is in use, which is more while large objects are on their way. */
    private static final long ROOM = Math.min(64L << 20, MOST / 3);

    /** Of the heap, in per cent. */
    private static final int LEAST_FREE = 10;

    /** Between two attempts when the first gave nothing back. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final String ON_REQUEST = "System.gc()";

    private final Runnable request;
    private final NotificationListener listener = (notification, unused) -> collected(notification);
    private long before;
    private long futile;
    private long last;

    private HeapFootprint(Runnable request) {
        this.request = request;
    }

    /** Collects once, and goes on watching. */
    static HeapFootprint keep() {
        return keep(System::gc);
    }

    /**
     * The same.
     *
     * @param request asks the JVM for a full collection
     */
    static HeapFootprint keep(Runnable request) {
        HeapFootprint footprint = new HeapFootprint(request);
        option("MinHeapFreeRatio", LEAST_FREE); // the other one may not be less
        collectors(emitter -> emitter.addNotificationListener(footprint.listener, null, null));
        footprint.shrink();
        return footprint;
    }

    /**
     * What does not go is in use for now, or what the user has asked for: that is not tried again and again. But the JVM passes
     * over a request that meets another collection, and that says nothing.
     */
    private synchronized void collected(Notification notification) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        if (cause(notification).equals(ON_REQUEST)) {
            futile = committed() < before ? 0 : before;
        } else if (committed() > Math.max(TOO_MUCH, used() + ROOM)
                && (committed() > futile || System.nanoTime() - last > PAUSE.toNanos())) {
            shrink();
        }
    }

    private static String cause(Notification notification) {
        return GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                .getGcCause();
    }

    private synchronized void shrink() {
        before = committed();
        long used = used();
        option("MaxHeapFreeRatio", Math.round(100 * (1 - (double) used / Math.max(ENOUGH, used + ROOM))));
        request.run();
        last = System.nanoTime();
    }

    /** These options are meant to be set in a running JVM; not every one has them. */
    private static void option(String name, long percent) {
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .setVMOption(name, Long.toString(Math.max(LEAST_FREE, percent)));
        } catch (IllegalArgumentException e) {
            log.atDebug()
                    .addKeyValue("option", name)
                    .setCause(e)
                    .log("this JVM decides by itself how much of the heap it keeps");
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
