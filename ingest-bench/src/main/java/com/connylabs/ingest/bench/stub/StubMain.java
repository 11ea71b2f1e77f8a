package com.connylabs.ingest.bench.stub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * One endpoint on 127.0.0.1 that speaks S3, path style over plain HTTP. It takes every signature, keeps no bytes, and
 * compares those that arrive with what they have to be. Prints its port, and ends with the process that started it.
 */
public final class StubMain {
    /** What it prints before its port. */
    public static final String LISTENING = "listening on ";

    private StubMain() {}

    /**
     * Serves for ever.
     *
     * @param args none
     * @throws IOException if there is no port
     */
    public static void main(String[] args) throws IOException {
        Thread watch = new Thread(StubMain::endWithParent, "parent");
        watch.setDaemon(true);
        watch.start();
        Content content = new Content();
        Operations operations = new Operations();
        Control control = new Control(operations, content);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            System.out.println(LISTENING + ((InetSocketAddress) server.getLocalAddress()).getPort() + ".");
            while (true) {
                SocketChannel client = server.accept();
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread thread = new Thread(new Connection(client, operations, control, content), "connection");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
        Runtime.getRuntime().halt(0);
    }
}
