package com.connylabs.ingest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What takes the time, from the recordings of a run: by method, and by who called for it. */
final class Profile {
    private static final int SHOWN = 15;

    private static final String OURS = "com.connylabs.ingest.";

    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> callers = new HashMap<>();
    private final Map<String, Integer> threads = new HashMap<>();
    private int samples;

    private Profile() {}

    /** Summaries of all recordings in a directory. */
    static String summary(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder text = new StringBuilder();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jfr")).sorted().toList()) {
                text.append(of(file).text(file.getFileName().toString()));
            }
            return text.toString();
        }
    }

    private static Profile of(Path file) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                profile.add(recording.readEvent());
            }
        }
        return profile;
    }

    private void add(RecordedEvent event) {
        if (!event.getEventType().getName().equals("jdk.ExecutionSample") || event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        samples++;
        methods.merge(name(frames.get(0).getMethod()), 1, Integer::sum);
        callers.merge(
                frames.stream()
                        .map(frame -> name(frame.getMethod()))
                        .filter(name -> name.startsWith(OURS) && !name.contains("ambda"))
                        .findFirst()
                        .orElse("nobody of ours"),
                1,
                Integer::sum);
        RecordedThread thread = event.getThread("sampledThread");
        threads.merge(
                thread == null ? "" : String.valueOf(thread.getJavaName()).replaceAll("\\d+", "N"), 1, Integer::sum);
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    private String text(String name) {
        return "\n" + name + ", " + samples + " samples\n" + top("methods", methods)
                + top("nearest caller of ours, with all that it calls", callers) + top("threads", threads);
    }

    private String top(String title, Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .map(entry ->
                        String.format(Locale.ROOT, "  %5.1f%%  %s", 100.0 * entry.getValue() / samples, entry.getKey()))
                .collect(Collectors.joining("\n", " " + title + "\n", "\n"));
    }
}
