package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writes to a disk that forgets what it is given, so that files can be large. */
@Timeout(60)
class DraftTest {
    private static final int MIB = 1 << 20;
    private static final long MOST = 64L * MIB;
    private static final int THREADS = 4;

    @TempDir
    Path directory;

    private final ForgetfulChannel disk = new ForgetfulChannel();
    private Draft draft = new Draft(Path.of("draft"), disk);

    @BeforeEach
    void open() {
        draft = new Draft(directory.resolve("draft"), disk);
    }

    @AfterEach
    void close() throws IOException {
        draft.close();
    }

    @Test
    void littleIsLeftForTheEndHoweverLargeTheFileIs() throws Exception {
        write(0, 1000);
        assertTrue(disk.mostUnforced() <= MOST, "at once on their way to the disk: " + disk.mostUnforced());
        assertEquals(1000L * MIB, disk.size(), "written");
        draft.sync();
        assertEquals(0, disk.unforced(), "not on the disk in the end");
    }

    @Test
    void smallFileIsBroughtToTheDiskOnce() throws Exception {
        write(0, 63);
        assertEquals(0, disk.forces(), "before the end");
        draft.sync();
        assertEquals(1, disk.forces(), "at the end");
    }

    @Test
    void whoeverWritesWaitsForADiskThatIsSlow() throws Exception {
        List<Thread> writers = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        disk.whileItForces(() -> Await.until(
                "the others wait or are done",
                Duration.ofSeconds(30),
                () -> writers.stream().filter(DraftTest::runs).count() == 1));
        for (int i = 0; i < THREADS; i++) {
            long first = i * 100L;
            Thread writer = new Thread(() -> {
                try {
                    started.await();
                    write(first, 100);
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            writers.add(writer);
            writer.start();
        }
        started.countDown();
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(null, failure.get(), "failure");
        assertTrue(
                disk.mostUnforced() <= MOST + THREADS * MIB,
                "at once on their way to the disk: " + disk.mostUnforced());
    }

    /** Whether it is at work; who forces waits for the others with a time-out. */
    private static boolean runs(Thread writer) {
        Thread.State state = writer.getState();
        return state != Thread.State.BLOCKED && state != Thread.State.WAITING && state != Thread.State.TERMINATED;
    }

    private void write(long firstMib, int mibs) throws IOException {
        for (int i = 0; i < mibs; i++) {
            draft.write(ByteBuffer.allocate(MIB), (firstMib + i) * MIB);
        }
    }
}
