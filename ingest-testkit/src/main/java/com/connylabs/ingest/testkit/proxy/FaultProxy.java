package com.connylabs.ingest.testkit.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Stands between HTTP clients and a server on 127.0.0.1, and does wrong what it is told to: it cuts connections in the
 * middle of bodies, delays, answers with errors, and changes bytes. Heads pass through untouched, so that signatures stay
 * good. One request at a time a connection, which is kept.
 *
 * <p>A seed decides which faults are drawn one after the other; which request gets which depends on who comes first. Safe
 * to use from many threads.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int SHORTEST_DELAY = 20;
    private static final int LONGEST_DELAY = 1500;

    private final int upstream;
    private final Consumer<String> log;
    private final Random random;
    private final ServerSocket listener;
    private final Set<Joint> joints = ConcurrentHashMap.newKeySet();
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Faults faults = Faults.NONE;

    private FaultProxy(int upstream, long seed, Consumer<String> log) throws IOException {
        this.upstream = upstream;
        this.random = new Random(seed);
        this.log = log;
        this.listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    }

    /**
     * Starts a proxy on a free port. It is calm until {@link #inject} is called.
     *
     * @param upstream the server's port on 127.0.0.1
     * @param seed of what is drawn
     * @param log gets a line for each answer and each fault, from many threads
     * @return the proxy, which the caller closes
     * @throws IOException if there is no port
     */
    public static FaultProxy start(int upstream, long seed, Consumer<String> log) throws IOException {
        FaultProxy proxy = new FaultProxy(upstream, seed, log);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /**
     * The address as a configuration's {@code endpoint} has it; plain HTTP.
     *
     * @return host and port
     */
    public String endpoint() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /**
     * What happens from now on.
     *
     * @param likely how likely each fault is; {@link Faults#NONE} brings calm
     */
    public void inject(Faults likely) {
        faults = likely;
    }

    /**
     * What happened so far.
     *
     * @return a copy: the number of times, by fault
     */
    public Map<Fault, Integer> counts() {
        synchronized (counts) {
            return new EnumMap<>(counts);
        }
    }

    /** Ends all connections. Safe to call twice. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Joint joint : joints) {
            joint.close();
        }
        threads.shutdownNow();
    }

    Fault draw() {
        return faults.draw(random);
    }

    /** A number from 0 to one less than that. */
    long below(long bound) {
        return Math.floorMod(random.nextLong(), bound);
    }

    void delay() throws InterruptedException {
        Thread.sleep(SHORTEST_DELAY + below(LONGEST_DELAY - SHORTEST_DELAY));
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), upstream);
    }

    void happened(Fault fault, HttpHead request, String detail) {
        synchronized (counts) {
            counts.merge(fault, 1, Integer::sum);
        }
        log.accept(fault + " " + request.firstLine() + " " + detail);
    }

    void answered(HttpHead request, HttpHead answer) {
        log.accept(answer.status() + " " + request.firstLine() + " " + Math.max(0, request.length()));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Joint joint = new Joint(this, listener.accept());
                joints.add(joint);
                threads.execute(() -> carry(joint));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    log.accept("a connection could not be taken: " + e);
                }
            }
        }
    }

    private void carry(Joint joint) {
        try (joint) {
            joint.carryAll();
        } catch (IOException e) {
            // One side has gone, and so does the other: that is what a network looks like from there.
            log.accept("a connection broke: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            joints.remove(joint);
        }
    }
}
