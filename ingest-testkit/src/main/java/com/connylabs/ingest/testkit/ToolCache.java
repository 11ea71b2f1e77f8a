package com.connylabs.ingest.testkit;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs that the tests have fetched for themselves, kept for the next run in {@code ~/.cache/ingest-test} (or below
 * {@code XDG_CACHE_HOME}). What is there is whole: it is unpacked beside and renamed, so that many JVMs can do so at
 * once.
 */
public final class ToolCache {
    private final Path root;

    /**
     * A cache.
     *
     * @param root its directory, made when needed
     */
    public ToolCache(Path root) {
        this.root = root;
    }

    /**
     * The user's cache.
     *
     * @return the cache that all test runs of this user share
     */
    public static ToolCache ofUser() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new ToolCache(base.resolve("ingest-test"));
    }

    /**
     * Looks for a directory.
     *
     * @param name of the directory
     * @return the directory, if it has been filled
     */
    public Optional<Path> find(String name) {
        return Optional.of(root.resolve(name)).filter(Files::isDirectory);
    }

    /**
     * Gives a directory, filled before if it is there already, else now.
     *
     * @param name of the directory, with the version of what is in it
     * @param filler puts the content into an empty directory
     * @return the filled directory
     * @throws IOException if it cannot be filled
     * @throws InterruptedException if the thread was interrupted
     */
    public Path directory(String name, Filler filler) throws IOException, InterruptedException {
        Path target = root.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(root);
        Path beside = Files.createTempDirectory(root, name + ".");
        try {
            filler.fill(beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Somebody else was faster: a directory that has something in it cannot be replaced.
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            delete(beside);
        }
        return target;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Puts something into an empty directory. */
    @FunctionalInterface
    public interface Filler {
        /**
         * Fills the directory.
         *
         * @param directory is empty
         * @throws IOException if that fails
         * @throws InterruptedException if the thread was interrupted
         */
        void fill(Path directory) throws IOException, InterruptedException;
    }
}
