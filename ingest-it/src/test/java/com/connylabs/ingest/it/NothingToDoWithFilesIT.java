package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.testkit.s3.S3Stub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in a directory already is not put into the queue again; what is not, or no more, is. */
@Timeout(300)
class NothingToDoWithFilesIT {
    private static final int OBJECTS = 300;

    @TempDir
    private Path directory;

    private S3Stub stub;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        stub = S3Stub.start("bucket");
        ingest = new Ingest(directory);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void fromADirectoryToAnother() throws Exception {
        for (int i = 0; i < OBJECTS; i++) {
            write("in/" + name(i), "content " + i);
        }
        config("type: file, path: in", "type: file, path: out");
        assertSummary("standalone", 0, OBJECTS);
        assertSummary("standalone", OBJECTS, 0);

        write("in/" + name(17), "changed 17");
        Files.delete(directory.resolve("out/" + name(18)));
        FileTime time = Files.getLastModifiedTime(directory.resolve("out/" + name(19)));
        write("out/" + name(19), "CONTENT 19");
        Files.setLastModifiedTime(directory.resolve("out/" + name(19)), FileTime.fromMillis(time.toMillis() + 1));
        write("in/new", "new");
        assertSummary("standalone", OBJECTS - 3, 4);
        assertEquals("changed 17", read("out/" + name(17)), "changed");
        assertEquals("content 18", read("out/" + name(18)), "taken away");
        assertEquals("content 19", read("out/" + name(19)), "of the same size, written at the destination");
        assertEquals("new", read("out/new"), "new");
        assertSummary("standalone", OBJECTS + 1, 0);
    }

    @Test
    void whoOnlyListsBelievesNoDirectory() throws Exception {
        write("in/a", "a");
        config("type: file, path: in", "type: file, path: out");
        assertSummary("standalone", 0, 1);
        assertSummary("enqueue", 0, 1);
        assertSummary("standalone", 1, 0);
    }

    @Test
    void betweenADirectoryAndS3() throws Exception {
        for (int i = 0; i < OBJECTS; i++) {
            stub.put("bucket", "from/" + name(i), ("content " + i).getBytes(StandardCharsets.UTF_8), Map.of());
        }
        String store = "type: s3, insecure: true, recursive: true, endpoint: \"" + stub.endpoint() + "\", accessKeyID: "
                + stub.accessKey() + ", secretAccessKey: " + stub.secretKey() + ", bucket: bucket, ";
        config(store + "prefix: from/", "type: file, path: out");
        assertSummary("standalone", 0, OBJECTS);
        assertSummary("standalone", OBJECTS, 0);
        stub.put("bucket", "from/" + name(17), "changed 17".getBytes(StandardCharsets.UTF_8), Map.of());
        assertSummary("standalone", OBJECTS - 1, 1);
        assertEquals("changed 17", read("out/" + name(17)), "changed");

        config("type: file, path: out", store + "prefix: to, metafilesPrefix: done");
        assertSummary("standalone", 0, OBJECTS);
        assertSummary("enqueue", OBJECTS, 0);
    }

    private void assertSummary(String mode, int present, int queued) throws Exception {
        Ingest.End end = ingest.run(
                "--mode=" + mode,
                "--config=config.yaml",
                "--once",
                "--listen=127.0.0.1:0",
                "--queue-endpoint=file:q.db");
        assertEquals(0, end.code(), end.output());
        assertEquals(String.valueOf(present), end.summary("present"), "present\n" + end.output());
        assertEquals(String.valueOf(queued), end.summary("queued"), "queued\n" + end.output());
    }

    private void config(String source, String destination) throws Exception {
        ingest.config("sources: [{name: from, " + source + "}]\ndestinations: [{name: to, " + destination + "}]\n"
                + "workflows: [{name: work, source: from, destinations: [to], concurrency: 8}]\n");
    }

    private void write(String name, String content) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String read(String name) throws Exception {
        return Files.readString(directory.resolve(name));
    }

    /** Directories beside files that come between their names and what is below them. */
    private static String name(int number) {
        String[] directories = {"a/", "a-b", "a.", "a0", "a/b/", "\u00e9 c/"};
        return directories[number % directories.length] + number;
    }
}
