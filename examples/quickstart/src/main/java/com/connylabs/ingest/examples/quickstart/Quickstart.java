package com.connylabs.ingest.examples.quickstart;

import com.connylabs.ingest.testkit.s3.S3Server;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Copies a bucket to two others and checks that everything has arrived. */
public final class Quickstart {
    private final PrintStream out;
    private final Program program;
    private final Path directory;

    Quickstart(PrintStream out, Program program, Path directory) {
        this.out = out;
        this.program = program;
        this.directory = directory.toAbsolutePath();
    }

    /**
     * Runs it.
     *
     * @param args the program's jar, and a directory, which is emptied first
     * @throws Exception if anything cannot be started or asked
     */
    public static void main(String[] args) throws Exception {
        Program program = new Program(Path.of(args[0]), Redirect.INHERIT);
        boolean equal = new Quickstart(System.out, program, Path.of(args[1])).run();
        System.exit(equal ? 0 : 1);
    }

    /** Whether everything has arrived. */
    boolean run() throws Exception {
        empty(directory);
        out.println("1. Starting two S3 servers (S3Proxy) on this machine");
        try (S3Server here = S3Server.start(directory.resolve("server-1"));
                S3Server there = S3Server.start(directory.resolve("server-2"));
                Bucket source = Bucket.create("originals", here);
                Bucket first = Bucket.create("backup-1", there);
                Bucket second = Bucket.create("backup-2", there)) {
            out.printf(
                    "   %s has %s, %s has %s and %s%n%n",
                    here.uri(), source.name(), there.uri(), first.name(), second.name());
            return run(source, List.of(first, second));
        }
    }

    private boolean run(Bucket source, List<Bucket> destinations) throws Exception {
        Map<String, Content> objects = new Samples().all();
        out.printf("2. Putting %d objects into %s%n%n", objects.size(), source.name());
        objects.forEach(source::put);

        Path config = Files.writeString(directory.resolve("config.yaml"), config(source, destinations));
        out.printf("3. Copying them: java -jar ingest.jar --mode=standalone --once --config=%s%n%n", config);
        int code = program.runOnce(directory, config);
        out.printf(
                "%n   The program ended with exit code %d. Its queue is in %s%n%n",
                code, directory.resolve("ingest-queue.db"));

        out.println("4. What has arrived");
        boolean equal = code == 0;
        StringBuilder summary = new StringBuilder(source.list().size() + " objects in the source");
        for (Bucket destination : destinations) {
            Map<String, Long> arrived = destination.list();
            show(destination, arrived);
            equal &= sameAs(objects, destination, arrived);
            summary.append(", ").append(arrived.size()).append(" in ").append(destination.name());
        }
        out.println(summary + (equal ? ", all equal" : ", NOT all equal"));
        return equal;
    }

    private static String config(Bucket source, List<Bucket> destinations) {
        StringBuilder yaml = new StringBuilder("sources:\n" + source.yaml() + "  recursive: true\ndestinations:\n");
        destinations.forEach(destination -> yaml.append(destination.yaml()));
        yaml.append("workflows:\n- name: backup\n  source: ")
                .append(source.name())
                .append("\n  destinations:\n");
        destinations.forEach(
                destination -> yaml.append("  - ").append(destination.name()).append('\n'));
        return yaml.toString();
    }

    private void show(Bucket bucket, Map<String, Long> objects) {
        out.printf(
                "   %s, also as files in %s%n",
                bucket.name(), bucket.server().data().resolve(bucket.name()));
        int shown = 0;
        for (Map.Entry<String, Long> object : objects.entrySet()) {
            shown++;
            if (shown <= 4 || shown > objects.size() - 2) {
                out.printf("     %,12d bytes  %s%n", object.getValue(), object.getKey());
            } else if (shown == 5) {
                out.printf("       ... and %d more%n", objects.size() - 6);
            }
        }
        out.println();
    }

    private boolean sameAs(Map<String, Content> expected, Bucket bucket, Map<String, Long> arrived) {
        List<String> wrong = expected.entrySet().stream()
                .filter(object -> !arrived.containsKey(object.getKey())
                        || !object.getValue().sameAs(bucket.get(object.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        wrong.stream().limit(5).forEach(key -> out.println("   missing or different: " + key));
        return wrong.isEmpty() && arrived.size() == expected.size();
    }

    private static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }
}
