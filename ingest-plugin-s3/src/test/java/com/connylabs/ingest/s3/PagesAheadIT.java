package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The next page of a listing is fetched while this one is worked on, and no more than that. */
class PagesAheadIT {
    private static final int PAGE = 1000;
    private static final int OBJECTS = 3 * PAGE + 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private S3Stub stub;
    private TestStore store;
    private S3Source source;
    private Nexter nexter;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        for (int i = 0; i < OBJECTS; i++) {
            stub.put("bucket", "key-%05d".formatted(i), new byte[0], Map.of());
        }
        source = store.source();
        nexter = source.nexter();
    }

    @AfterEach
    void close() {
        nexter.close();
        source.close();
        store.close();
        stub.close();
    }

    @Test
    void onePageIsFetchedAheadAndNoMore() throws Exception {
        nexter.reset();
        assertEquals(1, pages(), "the first page");
        take(1);
        awaitPages(2);
        take(PAGE - 1);
        assertEquals(2, pages(), "the third page has to wait until the first is worked off");
        take(1);
        awaitPages(3);
        assertEquals(OBJECTS - PAGE - 1, takeAll(), "the rest");
        assertEquals(4, pages(), "pages in all");
    }

    @Test
    void faultOfAPageAheadIsToldWhereThatPageBegins() throws Exception {
        stub.inject(
                1, request -> request.query().containsKey("continuation-token"), new Fault.Status(403, "AccessDenied"));
        nexter.reset();
        take(1);
        awaitPages(2);
        take(PAGE - 1);
        assertThrows(EndpointException.class, nexter::next, "the second page");
        assertThrows(IngestException.class, nexter::next, "it can only be started afresh");
        nexter.reset();
        assertEquals(OBJECTS, takeAll(), "afresh");
    }

    @Test
    void listingCanStartAfreshInTheMiddle() throws Exception {
        for (int taken : new int[] {0, 1, PAGE, PAGE + 1}) {
            nexter.reset();
            take(taken);
        }
        nexter.reset();
        assertEquals(OBJECTS, takeAll(), "all of them, from the first");
    }

    @Test
    void waitingForAPageCanBeInterrupted() throws Exception {
        stub.inject(1, request -> request.query().containsKey("continuation-token"), new Fault.Delay(PATIENCE));
        nexter.reset();
        take(PAGE);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> ended.complete(assertThrows(Throwable.class, nexter::next)));
        thread.start();
        Await.until("waiting", PATIENCE, () -> thread.getState() == Thread.State.WAITING);
        thread.interrupt();
        assertInstanceOf(InterruptedException.class, ended.get(10, TimeUnit.SECONDS), "what an interrupt ends with");
    }

    @Test
    void closingTheSourceEndsItsThreads() throws Exception {
        stub.inject(1, request -> request.query().containsKey("continuation-token"), new Fault.Delay(PATIENCE));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        nexter.reset();
        take(1);
        awaitPages(2);
        Thread ahead = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("s3-list") && !before.contains(thread))
                .findFirst()
                .orElseThrow();
        assertTrue(ahead.isAlive(), "it waits for the page");
        source.close();
        ahead.join(30_000);
        assertFalse(ahead.isAlive(), "it has ended");
    }

    private long pages() {
        return stub.count("ListObjectsV2");
    }

    private void awaitPages(int number) throws InterruptedException {
        Await.until("page " + number, PATIENCE, () -> pages() == number);
    }

    private void take(int elements) throws Exception {
        for (int i = 0; i < elements; i++) {
            assertTrue(nexter.next().isPresent(), "element " + i);
        }
    }

    private int takeAll() throws Exception {
        int count = 0;
        while (nexter.next().isPresent()) {
            count++;
        }
        return count;
    }
}
