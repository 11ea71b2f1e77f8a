package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Inventory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WalkTest {
    private static final Comparator<String> BYTES = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    /** What comes before and after a slash, and where UTF-8 and UTF-16 have different orders. */
    private static final List<String> CHARACTERS =
            List.of("a", "b", "!", "-", ".", "0", "é", "\uffee", "\ud83d\ude00", "\ue000");

    @TempDir
    private Path top;

    private final List<IOException> failures = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomTreesComeInTheOrderOfTheWholeNames(long seed) throws Exception {
        List<String> expected = List.copyOf(tree(new Random(seed), 400));
        assertEquals(expected, names(Walk.NAMES, ""), "all, seed " + seed);
        assertEquals(List.of(), failures, "failures");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void whatIsNotAskedForIsPassedOver(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> expected = List.copyOf(tree(random, 300));
        for (int i = 0; i < 30; i++) {
            String from = i % 2 == 0 ? expected.get(random.nextInt(expected.size())) : name(random);
            List<String> rest = expected.stream()
                    .filter(name -> BYTES.compare(name, from) >= 0)
                    .toList();
            assertEquals(rest, names(Walk.NAMES, from), "from " + from + ", seed " + seed);
        }
        Walk walk = walk(Walk.NAMES);
        for (int i = 0; i < expected.size(); i += 1 + random.nextInt(10)) {
            Walk.Entry entry = walk.next(expected.get(i));
            assertEquals(expected.get(i), entry == null ? null : entry.name(), "in steps, seed " + seed);
        }
    }

    @Test
    void aDirectoryThatIsPassedOverIsNotRead() throws Exception {
        Files.createDirectory(top.resolve("a"));
        run("sh", "-c", "touch \"$0/$(printf 'a\\377')\"", top.resolve("a").toString());
        Files.createFile(top.resolve("b"));
        assertEquals(List.of("b"), names(Walk.NAMES, "b"), "names");
        assertEquals(List.of(), failures, "what is wrong with a name in a");
        assertEquals(List.of("b"), names(Walk.NAMES, "a/"), "names");
        assertEquals(1, failures.size(), "failures");
    }

    @Test
    void widerDirectoriesThanThereIsRoomForComeInPieces() throws Exception {
        TreeSet<String> expected = new TreeSet<>(BYTES);
        for (int i = 0; i < 1_000; i++) {
            String name = i % 10 == 0 ? "%d/x".formatted(i) : String.valueOf(i);
            put(name, expected);
        }
        assertEquals(List.copyOf(expected), names(1, ""), "names");
        SortedNames names = new SortedNames(top, 64, failures::add);
        for (String name = names.peek(); name != null; name = names.peek()) {
            assertTrue(names.held() <= 64, names.held() + " names in memory");
            names.take();
        }
    }

    @Test
    void directoriesBelowHaveLessRoom() throws Exception {
        TreeSet<String> expected = new TreeSet<>(BYTES);
        for (int i = 0; i < 300; i++) {
            put("0/0/%d".formatted(i), expected);
            put("0/a%d".formatted(i), expected);
            put("a%d".formatted(i), expected);
        }
        List<String> names = new ArrayList<>();
        Walk walk = walk(400);
        for (Walk.Entry entry = walk.next(""); entry != null; entry = walk.next("")) {
            names.add(entry.name());
            assertTrue(walk.held() <= 400, walk.held() + " names in memory at " + entry.name());
        }
        assertEquals(List.copyOf(expected), names, "names");
    }

    private Set<String> tree(Random random, int files) throws IOException {
        TreeSet<String> names = new TreeSet<>(BYTES);
        while (names.size() < files) {
            put(name(random), names);
        }
        return names;
    }

    private void put(String name, Set<String> names) throws IOException {
        Path file = top.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            names.add(name);
        } catch (FileAlreadyExistsException e) {
            assertTrue(Files.exists(file) || Files.isRegularFile(file.getParent()), name);
        } catch (FileSystemException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("Not a directory"), name);
        }
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        int segments = 1 + random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            name.append(i == 0 ? "" : "/");
            String segment = segment(random);
            name.append(segment.matches("\\.{1,2}") ? "a" : segment);
        }
        return name.toString();
    }

    private static String segment(Random random) {
        StringBuilder segment = new StringBuilder();
        int characters = 1 + random.nextInt(3);
        for (int i = 0; i < characters; i++) {
            segment.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return segment.toString();
    }

    private Walk walk(int room) {
        return new Walk(top, room, failures::add);
    }

    private List<String> names(int room, String from) throws Exception {
        List<String> names = new ArrayList<>();
        Walk walk = walk(room);
        for (Walk.Entry entry = walk.next(from); entry != null; entry = walk.next(from)) {
            assertTrue(Inventory.ORDER.compare(entry.name(), from) >= 0, entry.name());
            names.add(entry.name());
        }
        return names;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor(), "status of " + command[0]);
    }
}
