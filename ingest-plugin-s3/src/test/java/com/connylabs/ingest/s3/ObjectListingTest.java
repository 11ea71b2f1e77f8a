package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.s3.ListedKeys.Quirk;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a long listing costs, and how it ends. */
@Timeout(120)
class ObjectListingTest {
    private static final int PAGE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aListingWithoutDirectoriesTakesNoMoreRequests() throws Exception {
        assertEquals(1000, requests(keys(1, 1000 * PAGE, "%2$08d")));
    }

    @Test
    void aListingOfOneDirectoryTakesAFewMore() throws Exception {
        int requests = requests(keys(1, 1000 * PAGE, "a/%2$08d"));
        assertTrue(requests <= 1006, requests + " requests");
    }

    @Test
    void severalAreReadAtATimeForNextToNoRequestsMore() throws Exception {
        Set<String> begun = ConcurrentHashMap.newKeySet();
        try (ListedKeys store = new ListedKeys(keys(100, 10 * PAGE, "%03d/%05d"), PAGE);
                ObjectListing listing = ObjectListing.open(store.asked(), "")) {
            store.failing(request -> isBranch(request, ".+") && begun.add(request.prefix()) && begun.isEmpty());
            int given = 0;
            for (List<ListedObject> page = listing.next(); page != null; page = listing.next()) {
                given += page.size();
                if (given == 500 * PAGE) {
                    Await.until("branches ahead", PATIENCE, () -> begun.contains("056/"));
                    assertFalse(begun.contains("058/"), "eight at the most");
                }
            }
            assertEquals(100 * 10 * PAGE, given, "keys");
            assertTrue(store.requests() <= 1030, store.requests() + " requests");
            assertTrue(store.mostAtATime() <= Branches.AT_A_TIME + 2, store.mostAtATime() + " at a time");
        }
    }

    @Test
    void directoriesOfDirectoriesAreFound() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int month = 0; month < 60; month++) {
            String directory = "logs/%d/%02d/".formatted(2020 + month / 12, month % 12 + 1);
            keys(1, 12 * PAGE, "%2$05d").forEach(name -> keys.add(directory + name));
        }
        AtomicInteger months = new AtomicInteger();
        try (ListedKeys store = new ListedKeys(keys, PAGE)) {
            store.failing(request -> isBranch(request, "logs/\\d+/\\d+/") && months.incrementAndGet() == 0);
            assertEquals(keys.size(), ObjectListings.all(store, "").size(), "keys");
            assertTrue(months.get() >= 500, months + " requests for months");
            assertTrue(store.requests() <= 750, store.requests() + " requests instead of 720");
        }
    }

    @Test
    void directoriesInAnotherDepthAreFoundLater() throws Exception {
        List<String> keys = keys(60, 10 * PAGE, "a%02d/%05d");
        keys.addAll(keys(60, 10 * PAGE, "b/%02d/%05d"));
        AtomicInteger below = new AtomicInteger();
        try (ListedKeys store = new ListedKeys(keys, PAGE)) {
            store.failing(request -> isBranch(request, "b/\\d\\d/") && below.incrementAndGet() == 0);
            assertEquals(keys.size(), ObjectListings.all(store, "").size(), "keys");
            assertTrue(below.get() >= 300, below + " requests for branches of b/");
            assertTrue(store.requests() <= 1280, store.requests() + " requests instead of 1200");
        }
    }

    @Test
    void manyTinyDirectoriesDoNotTakeARequestEach() throws Exception {
        int requests = requests(keys(100 * PAGE, 1, "%05d/%d"));
        assertEquals(100, requests, "tiny from the first");
        List<String> keys = keys(3, 10 * PAGE, "%03d/%05d");
        keys.addAll(keys(100 * PAGE, 1, "x%05d/%d"));
        requests = requests(keys);
        assertTrue(requests <= 130 + 130 / 16 + 4 + Branches.AT_A_TIME, requests + " requests instead of 130");
    }

    @Test
    void storesThatCannotBeTrustedAreListedOnePageAfterTheOther() throws Exception {
        List<String> keys = keys(30, 10 * PAGE, "%03d/%05d");
        keys.addAll(keys(30 * PAGE, 1, "x%05d/%d"));
        for (Quirk quirk : Quirk.values()) {
            try (ListedKeys store = new ListedKeys(keys, PAGE, quirk)) {
                AtomicInteger levels = new AtomicInteger();
                store.failing(request -> request.delimiter() != null && levels.incrementAndGet() == 0);
                List<String> listed = ObjectListings.all(store, "").stream()
                        .map(ListedObject::key)
                        .toList();
                assertEquals(keys, listed, quirk.toString());
                assertTrue(levels.get() > 0, "it has been tried");
            }
        }
    }

    @Test
    void aDirectoryThatComesBeforeWhatSortsBeforeItLeavesNothingOut() throws Exception {
        List<String> keys = keys(1, 25 * PAGE, "a/%2$05d");
        keys.addAll(keys(1, 10 * PAGE, "b/x/%2$05d"));
        keys.addAll(keys(1, 10 * PAGE, "b/x-1/%2$05d"));
        assertListed(keys, Quirk.DIRECTORY_ORDER);
        assertListed(keys, Quirk.DIRECTORY_ORDER, Quirk.IGNORES_START_AFTER_WITHOUT_DELIMITER);
    }

    @Test
    void norDoDirectoriesWhoseOrderIsNotThatOfTheirKeys() throws Exception {
        List<String> keys = keys(1, 25 * PAGE, "a/%2$05d");
        keys.addAll(keys(1, 10 * PAGE, "b/%2$05d"));
        keys.addAll(keys(1, 10 * PAGE, "c/%2$05d"));
        keys.addAll(keys(4, 10 * PAGE, "c-1/%d/%05d"));
        assertListed(keys, Quirk.DIRECTORY_ORDER);
    }

    @Test
    void norDoesAnObjectThatMayComeAfterADirectory() throws Exception {
        List<String> keys = keys(1, 25 * PAGE, "a/%2$05d");
        keys.addAll(keys(1, 10 * PAGE, "b/%2$05d"));
        keys.addAll(keys(1, PAGE / 2, "c/x/%2$05d"));
        keys.addAll(keys(1, 10 * PAGE, "c/x-1/%2$05d"));
        keys.add("c!");
        assertListed(keys, Quirk.DIRECTORY_ORDER);
    }

    @Test
    void anObjectThatMayComeAfterADirectoryEndsNoBranchesBeforeIt() throws Exception {
        List<String> keys = keys(60, 10 * PAGE, "%03d/%05d");
        keys.addAll(List.of("x!", "x.txt", "x/0"));
        assertReadInBranches(keys);
    }

    @Test
    void whereObjectsCameBeforeDirectoriesTheyMayDoSoAgain() throws Exception {
        List<String> keys = keys(60, 10 * PAGE, "%03d/%05d");
        keys.addAll(keys(60, 1, "%03d.txt"));
        assertReadInBranches(keys);
    }

    private static void assertReadInBranches(List<String> keys) throws Exception {
        AtomicInteger inBranches = new AtomicInteger();
        try (ListedKeys store = new ListedKeys(keys, PAGE)) {
            store.failing(request -> isBranch(request, "0.*") && inBranches.incrementAndGet() == 0);
            assertEquals(keys.size(), ObjectListings.all(store, "").size(), "keys");
            assertTrue(inBranches.get() >= 500, inBranches + " of 600 requests for branches");
        }
    }

    private static void assertListed(List<String> keys, Quirk... quirks) throws Exception {
        try (ListedKeys store = new ListedKeys(keys, PAGE, quirks)) {
            List<String> listed = ObjectListings.all(store, "").stream()
                    .map(ListedObject::key)
                    .toList();
            assertEquals(keys, listed, List.of(quirks).toString());
        }
    }

    @Test
    void aStoreThatIgnoresCaseIsNoticed() throws Exception {
        List<String> keys = keys(30, 10 * PAGE, "%03d/%05d");
        for (String directory : List.of("X", "Y", "x")) {
            keys.addAll(keys(1, 10 * PAGE, directory + "/%2$05d"));
        }
        try (ListedKeys store = new ListedKeys(keys, PAGE, Quirk.IGNORES_CASE_OF_PREFIX)) {
            assertEquals(
                    keys,
                    ObjectListings.all(store, "").stream()
                            .map(ListedObject::key)
                            .toList());
        }
    }

    @Test
    void onlySomePagesAreHeldInMemory() throws Exception {
        AtomicInteger given = new AtomicInteger();
        AtomicInteger mostAhead = new AtomicInteger();
        int enough = (Branches.AT_A_TIME - 1) * Branch.PAGES_AHEAD;
        try (ListedKeys store = new ListedKeys(keys(20, 60 * PAGE, "%03d/%05d"), PAGE);
                ObjectListing listing = ObjectListing.open(store.asked(), "")) {
            store.meanwhile(() -> mostAhead.accumulateAndGet(store.requests() - given.get(), Math::max));
            for (List<ListedObject> page = listing.next(); page != null; page = listing.next()) {
                given.addAndGet(page.isEmpty() ? 0 : 1);
                if (given.get() == 400) {
                    Await.until("pages ahead", PATIENCE, () -> store.requests() - given.get() >= enough);
                }
            }
            assertEquals(1200, given.get(), "pages");
        }
        int most = Branches.AT_A_TIME * (Branch.PAGES_AHEAD + 1) + 8;
        assertTrue(mostAhead.get() <= most, mostAhead + " pages ahead, or in vain");
    }

    @Test
    void aPageOfABranchThatFailsFailsTheListingWhereItBegins() throws Exception {
        List<String> keys = keys(30, 10 * PAGE, "%03d/%05d");
        try (ListedKeys store = new ListedKeys(keys, PAGE);
                ObjectListing listing = ObjectListing.open(store.asked(), "")) {
            store.failing(request -> isBranch(request, "01.*") && request.token() != null);
            List<String> listed = new ArrayList<>();
            assertThrows(IngestException.class, () -> {
                for (List<ListedObject> page = listing.next(); page != null; page = listing.next()) {
                    page.forEach(object -> listed.add(object.key()));
                }
            });
            assertEquals(keys.subList(0, 101 * PAGE), listed, "what was before it");
            assertThrows(IngestException.class, listing::next, "it can only be started afresh");
        }
    }

    @Test
    void waitingForABranchCanBeInterruptedAndClosingEndsTheThreads() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (ListedKeys store = new ListedKeys(keys(30, 10 * PAGE, "%03d/%05d"), PAGE)) {
            ObjectListing listing = ObjectListing.open(store.asked(), "");
            AtomicInteger stuck = new AtomicInteger();
            store.failing(request -> isBranch(request, "02.*") && stuck.incrementAndGet() > 0 && hangs(never));
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread consumer = new Thread(() -> ended.complete(assertThrows(Throwable.class, () -> takeAll(listing))));
            consumer.start();
            Await.until(
                    "waiting",
                    PATIENCE,
                    () -> stuck.get() == Branches.AT_A_TIME && consumer.getState() == Thread.State.WAITING);
            consumer.interrupt();
            assertInstanceOf(
                    InterruptedException.class, ended.get(30, TimeUnit.SECONDS), "what an interrupt ends with");
            ThreadPoolExecutor threads = (ThreadPoolExecutor) store.threads();
            Await.until("only those that hang run", PATIENCE, () -> threads.getActiveCount() == Branches.AT_A_TIME);
            listing.close();
            Await.until("threads ended", PATIENCE, () -> threads.getActiveCount() == 0);
            assertNull(listing.next(), "nothing comes after that");
        }
    }

    @Test
    void aStoreThatIsClosedEndsAListingThatWaits() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ListedKeys store = new ListedKeys(keys(30, 10 * PAGE, "%03d/%05d"), PAGE);
        try (ObjectListing listing = ObjectListing.open(store.asked(), "")) {
            AtomicInteger stuck = new AtomicInteger();
            store.failing(request -> isBranch(request, "02.*") && stuck.incrementAndGet() > 0 && hangs(never));
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread consumer = new Thread(() -> ended.complete(assertThrows(Throwable.class, () -> takeAll(listing))));
            consumer.start();
            Await.until(
                    "waiting, and all have begun that may",
                    PATIENCE,
                    () -> stuck.get() == Branches.AT_A_TIME && consumer.getState() == Thread.State.WAITING);
            store.close();
            assertInstanceOf(IngestException.class, ended.get(10, TimeUnit.SECONDS), "what it ends with");
        }
    }

    @Test
    void littleIsInVainWhenAListingIsGivenUpEarly() throws Exception {
        try (ListedKeys store = new ListedKeys(keys(30, 10 * PAGE, "%03d/%05d"), PAGE);
                ObjectListing listing = ObjectListing.open(store.asked(), "")) {
            for (int page = 0; page < 22; page++) {
                listing.next();
            }
            ThreadPoolExecutor threads = (ThreadPoolExecutor) store.threads();
            Await.until("pages ahead", PATIENCE, () -> threads.getActiveCount() == 0);
            assertTrue(store.requests() <= 22 + 1 + 1 + 2 * Branch.PAGES_AHEAD, store.requests() + " requests");
        }
    }

    private static void takeAll(ObjectListing listing) throws Exception {
        List<ListedObject> page = listing.next();
        while (page != null) {
            page = listing.next();
        }
    }

    private static boolean hangs(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean isBranch(PageRequest request, String pattern) {
        return request.delimiter() == null && request.prefix().matches(pattern);
    }

    private static int requests(List<String> keys) throws Exception {
        try (ListedKeys store = new ListedKeys(keys, PAGE)) {
            assertEquals(keys.size(), ObjectListings.all(store, "").size(), "keys");
            return store.requests();
        }
    }

    private static List<String> keys(int directories, int each, String format) {
        return new ArrayList<>(IntStream.range(0, directories)
                .boxed()
                .flatMap(directory -> IntStream.range(0, each).mapToObj(i -> format.formatted(directory, i)))
                .toList());
    }
}
