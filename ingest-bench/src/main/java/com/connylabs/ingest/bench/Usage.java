package com.connylabs.ingest.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What processes have used, as Linux counts it. */
final class Usage {
    /** The unit of times in {@code /proc}; 100 on every Linux that runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    private static final Pattern MACHINERY = Pattern.compile("(C[12] Comp|G1 |GC |VM ).*");

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private Usage() {}

    /** CPU seconds of a process that runs, user and system. */
    static double cpu(long pid) {
        return seconds(stat(pid));
    }

    /** CPU seconds of all children that have ended: the difference of two of these is exact, whatever their end. */
    static double cpuOfEndedChildren() {
        String[] fields = stat(ProcessHandle.current().pid());
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) / TICKS_PER_SECOND;
    }

    /** The most memory that was resident so far, in MiB; 0 if the process has ended. */
    static double peakMemory(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .max()
                            .orElse(0)
                    / 1024.0;
        } catch (IOException ended) {
            return 0;
        }
    }

    static double cpu(List<Long> pids) {
        return pids.stream().mapToDouble(Usage::cpu).sum();
    }

    /** CPU seconds that JVMs have spent on compiling and collecting so far: what is left of them when they are warm. */
    static double cpuOfMachinery(List<Long> pids) {
        return pids.stream().mapToDouble(Usage::cpuOfMachinery).sum();
    }

    private static double cpuOfMachinery(long pid) {
        double cpu = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                if (MACHINERY
                        .matcher(Files.readString(thread.resolve("comm")).strip())
                        .matches()) {
                    cpu += seconds(fields(thread));
                }
            }
        } catch (IOException ended) {
            return cpu; // a thread that has ended meanwhile; the next look counts the others
        }
        return cpu;
    }

    private static double seconds(String[] fields) {
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_PER_SECOND;
    }

    private static String[] stat(long pid) {
        try {
            return fields(Path.of("/proc", Long.toString(pid)));
        } catch (IOException e) {
            throw new IllegalStateException("process " + pid + " has ended", e);
        }
    }

    private static String[] fields(Path directory) throws IOException {
        String line = Files.readString(directory.resolve("stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }
}
