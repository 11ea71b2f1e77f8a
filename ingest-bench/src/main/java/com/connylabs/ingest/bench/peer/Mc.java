package com.connylabs.ingest.bench.peer;

import com.connylabs.ingest.bench.Route;
import com.connylabs.ingest.testkit.Commands;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ToolCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * MinIO's client: what {@code BENCH_MC} names, or the newest that the Go module proxy has, built where {@code go} is there. How
 * many objects it copies at a time it finds out itself.
 */
public final class Mc {
    private static final Duration BUILD = Duration.ofMinutes(15);

    private final Path program;
    private final Path directory;

    private Mc(Path program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /**
     * Looks for mc, or builds it.
     *
     * @param directory for its configuration and logs
     * @return mc, or nothing where it cannot be had: the table is without it then
     */
    public static Optional<Mc> find(Path directory) throws InterruptedException {
        return Programs.find("mc", Mc::built).map(program -> new Mc(program, directory));
    }

    /** One on the PATH may be Midnight Commander. */
    private static Path built() throws IOException, InterruptedException {
        return ToolCache.ofUser()
                .directory("mc-go", target -> {
                    ProcessBuilder go = new ProcessBuilder("go", "install", "github.com/minio/mc@latest");
                    go.environment().put("GOBIN", target.toString());
                    Commands.run(BUILD, go);
                })
                .resolve("mc");
    }

    /** Starts to copy; ends when all is copied. */
    public ManagedProcess copy(Route route) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(),
                "--config-dir",
                directory.resolve("mc").toString(),
                "--quiet",
                "mirror",
                "source/" + route.bucket(),
                "destination/" + route.bucket());
        builder.environment().put("MC_HOST_source", site(route.source().endpoint()));
        builder.environment()
                .put("MC_HOST_destination", site(route.destinations().get(0).endpoint()));
        return ManagedProcess.start(directory.resolve("mc.log"), builder);
    }

    private static String site(String endpoint) {
        return "http://key:secret@" + endpoint;
    }
}
