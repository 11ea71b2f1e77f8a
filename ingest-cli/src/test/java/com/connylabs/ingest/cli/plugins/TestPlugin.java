package com.connylabs.ingest.cli.plugins;

/** Source text of a plugin that works, to be changed by the tests. */
public final class TestPlugin {
    /**
     * Keeps a single object; every method fails unless the context class loader is the plugin's own. Its keys: {@code
     * at} for the location; {@code fail}, {@code list} and {@code refuse} for reasons to fail in {@code check}, while
     * listing, and to refuse every element.
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

                    Endpoint(PluginContext context) throws ConfigException {
                        checkLoader();
                        name = context.name();
                        at = URI.create(context.config().requiredString("at"));
                        fail = context.config().string("fail");
                        list = context.config().string("list");
                        refuse = context.config().string("refuse");
                        context.config().finish();
                    }

                    public Nexter nexter() {
                        checkLoader();
                        return new Nexter() {
                            boolean given;

                            public void reset() {
                                checkLoader();
                                given = false;
                            }

                            public Optional<Codec> next() throws IngestException {
                                checkLoader();
                                if (list.equals(Optional.of("hang"))) {
                                    System.out.println("listing hangs");
                                    while (true) {
                                        Thread.onSpinWait();
                                    }
                                }
                                if (list.isPresent()) {
                                    throw new TransientException(at + ": " + list.get());
                                }
                                Optional<Codec> next = given ? Optional.empty() : Optional.of(Codec.of("id", "name"));
                                given = true;
                                return next;
                            }
                        };
                    }

                    public void check() throws IngestException {
                        checkLoader();
                        if (fail.isPresent()) {
                            throw new EndpointException(at + ": " + fail.get());
                        }
                    }

                    public URI location() {
                        checkLoader();
                        return at;
                    }

                    public Optional<IngestObject> download(Codec element) {
                        checkLoader();
                        return Optional.of(IngestObject.of(
                                ObjectAttributes.unknown().withLength(1), new Body(), (from, length) -> new Body()));
                    }

                    public CleanUpResult cleanUp(Codec element) {
                        checkLoader();
                        return CleanUpResult.GONE;
                    }

                    public Optional<ObjectInfo> stat(Codec element) {
                        checkLoader();
                        return Optional.empty();
                    }

                    public URI store(Codec element, IngestObject object) throws IngestException {
                        checkLoader();
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

                    public Upload begin(Codec element, ObjectAttributes attributes) {
                        checkLoader();
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
