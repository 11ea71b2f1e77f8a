package com.connylabs.ingest.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Collects samples, a JSON line each in a file, and prints a table of medians for each scenario. */
public final class Report {
    private final Path file;
    private final PrintStream out;
    private final Map<String, List<Sample>> scenarios = new LinkedHashMap<>();

    Report(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /** Adds a sample. */
    public void add(String scenario, Sample sample) throws IOException {
        scenarios.computeIfAbsent(scenario, s -> new ArrayList<>()).add(sample);
        String line = sample.json(scenario);
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        out.println(line);
    }

    /** Prints something beside the tables. */
    public void say(String text) {
        out.println(text);
    }

    /** Prints the tables of all scenarios so far, and forgets them. */
    void print() {
        scenarios.forEach((scenario, samples) -> out.println(table(scenario, samples)));
        scenarios.clear();
    }

    static String table(String scenario, List<Sample> samples) {
        Map<String, List<Sample>> bySubject = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Sample sample : samples) {
            bySubject.computeIfAbsent(sample.subject(), s -> new ArrayList<>()).add(sample);
            columns.addAll(sample.values().keySet());
        }
        StringBuilder table = new StringBuilder("\n### " + scenario + "\n\n| | runs |");
        columns.forEach(column -> table.append(' ').append(column).append(" |"));
        table.append("\n| --- | ---: |")
                .append(" ---: |".repeat(columns.size()))
                .append('\n');
        bySubject.forEach((subject, runs) -> {
            table.append("| ").append(subject).append(" | ").append(runs.size()).append(" |");
            columns.forEach(
                    column -> table.append(' ').append(cell(runs, column)).append(" |"));
            table.append('\n');
        });
        return table.toString();
    }

    private static String cell(List<Sample> runs, String column) {
        double[] values = runs.stream()
                .filter(run -> run.values().containsKey(column))
                .mapToDouble(run -> run.values().get(column))
                .sorted()
                .toArray();
        return values.length == 0 ? "" : format(median(values));
    }

    /** Of sorted values. */
    static double median(double... sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String format(double value) {
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
