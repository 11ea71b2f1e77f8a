package com.connylabs.ingest.cli.plugins;

/** Source text of a plugin that works, to be changed by the tests. */
public final class TestPlugin {
    /**
     * Keeps a single object; every method fails unless the context class loader is the plugin's own. Its keys: {@code
     * at} for the location; {@code fail}, {@code list} and {@code refuse} for reasons to fail in {@code check}, while
     * listing, and to refuse every element; {@code trouble} for what happens in a method, for example {@code store hang}:
     * {@code refuse} says that the endpoint cannot be reached, {@code error} throws an {@code Error}, {@code interrupt}
     * claims to have been interrupted, {@code wait} waits for an interrupt, {@code hang} for nothing at all, and {@code
     * leak} leaves a thread behind that keeps a JVM from ending.
     */
    public static final String SOURCE = """
            package com.example.mem;

            import com.connylabs.ingest.api.*;
            import com.connylabs.ingest.api.plugin.*;
            import java.io.*;
            import java.net.URI;
            import java.util.*;

            public class MemPlugin implements Plugin {
                static final List<String> CLOSED = new ArrayList<>();

                public String type() {
                    return "mem";
                }

                public Source source(PluginContext context) throws ConfigException {
                    return new Endpoint(context);
                }

                public Destination destination(PluginContext context) throws ConfigException {
                    return new Endpoint(context);
                }

                static void checkLoader() {
                    if (Thread.currentThread().getContextClassLoader() != MemPlugin.class.getClassLoader()) {
                        throw new IllegalStateException("wrong context class loader");
                    }
                }

                static class Body extends ByteArrayInputStream {
                    Body() {
                        super(new byte[] {42});
                    }

                    public synchronized int read() {
                        checkLoader();
                        return super.read();
                    }

                    public synchronized int read(byte[] b, int off, int len) {
                        checkLoader();
                        return super.read(b, off, len);
                    }
                }

                static class Endpoint implements Source, Destination, MultipartStorage {
                    final String name;
                    final URI at;
                    final Optional<String> fail;
                    final Optional<String> list;
                    final Optional<String> refuse;
                    final String trouble;

                    Endpoint(PluginContext context) throws ConfigException {
                        checkLoader();
                        name = context.name();
                        at = URI.create(context.config().requiredString("at"));
                        fail = context.config().string("fail");
                        list = context.config().string("list");
                        refuse = context.config().string("refuse");
                        trouble = context.config().string("trouble").orElse("");
                        context.config().finish();
                        unchecked("make");
                    }

                    void unchecked(String method) {
                        try {
                            trouble(method);
                        } catch (IngestException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }

                    void trouble(String method) throws IngestException, InterruptedException {
                        switch (trouble.startsWith(method + " ") ? trouble.substring(method.length() + 1) : "") {
                            case "refuse" -> throw new EndpointException(at + ": connection refused");
                            case "error" -> throw new StackOverflowError(method);
                            case "interrupt" -> throw new InterruptedException(method);
                            case "wait" -> {
                                System.out.println(method + " waits");
                                new java.util.concurrent.CountDownLatch(1).await();
                            }
                            case "hang" -> {
                                System.out.println(method + " hangs");
                                while (true) {
                                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000);
                                    Thread.interrupted();
                                }
                            }
                            case "leak" -> new Thread(() -> {
                                while (true) {
                                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000);
                                }
                            }).start();
                            default -> {}
                        }
                    }

                    public Nexter nexter() {
                        checkLoader();
                        return new Nexter() {
                            boolean given;

                            public void reset() {
                                checkLoader();
                                given = false;
                            }

                            public Optional<Codec> next() throws IngestException, InterruptedException {
                                checkLoader();
                                trouble("next");
                                if (list.isPresent()) {
                                    throw new TransientException(at + ": " + list.get());
                                }
                                Optional<Codec> next = given ? Optional.empty() : Optional.of(Codec.of("id", "name"));
                                given = true;
                                return next;
                            }
                        };
                    }

                    public void check() throws IngestException, InterruptedException {
                        checkLoader();
                        trouble("check");
                        if (fail.isPresent()) {
                            throw new EndpointException(at + ": " + fail.get());
                        }
                    }

                    public URI location() {
                        checkLoader();
                        return at;
                    }

                    public Optional<IngestObject> download(Codec element) throws IngestException, InterruptedException {
                        checkLoader();
                        trouble("download");
                        return Optional.of(IngestObject.of(
                                ObjectAttributes.unknown().withLength(1), new Body(), (from, length) -> new Body()));
                    }

                    public CleanUpResult cleanUp(Codec element) throws IngestException, InterruptedException {
                        checkLoader();
                        trouble("cleanUp");
                        return CleanUpResult.GONE;
                    }

                    public Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
                        checkLoader();
                        trouble("stat");
                        return Optional.empty();
                    }

                    public URI store(Codec element, IngestObject object)
                            throws IngestException, InterruptedException {
                        checkLoader();
                        trouble("store");
                        if (refuse.isPresent()) {
                            throw new PermanentException(at + ": " + refuse.get());
                        }
                        try {
                            object.body().readAllBytes();
                        } catch (IOException e) {
                            throw new TransientException("store", e);
                        }
                        checkLoader();
                        return at.resolve(element.name());
                    }

                    public long partSize(OptionalLong length) {
                        return 1 << 20;
                    }

                    public Upload begin(Codec element, ObjectAttributes attributes)
                            throws IngestException, InterruptedException {
                        checkLoader();
                        trouble("store");
                        return new Upload() {
                            public void put(Part part) {
                                checkLoader();
                            }

                            public URI complete(long length) {
                                checkLoader();
                                return at;
                            }

                            public void close() {
                                checkLoader();
                            }
                        };
                    }

                    public void close() {
                        checkLoader();
                        unchecked("close");
                        String before = System.getProperty("mem.closed", "");
                        System.setProperty("mem.closed", before + name + " ");
                    }
                }
            }
            """;

    private TestPlugin() {}

    /** The plugin as a jar to be written. */
    public static PluginJar jar() {
        return new PluginJar().source(SOURCE).provider("com.example.mem.MemPlugin");
    }
}
