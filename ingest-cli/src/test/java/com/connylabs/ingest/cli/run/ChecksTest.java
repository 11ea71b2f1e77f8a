package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.cli.run.Checks.Check;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChecksTest {
    private static final Backoff SHORTLY = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void onceGivesALineForEachThatDoesNotWork() throws Exception {
        Check works = new Check("source a", () -> {});
        Check refused = new Check("source b", () -> {
            throw new EndpointException("check b: 403");
        });
        Check broken = new Check("source c", () -> {
            throw new ExceptionInInitializerError("static");
        });
        try (Checks checks = new Checks(List.of(works, refused, broken))) {
            assertEquals(
                    List.of("source b: check b: 403", "source c: ExceptionInInitializerError: static"),
                    checks.once(LONG),
                    "lines");
        }
    }

    @Test
    void whatDoesNotComeBackIsGivenUpAndKeepsNobodyWaiting() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Checks checks = new Checks(List.of(new Check("queue", never::await), new Check("source a", () -> {})))) {
            assertEquals(List.of("queue: no answer within 3s"), checks.once(Duration.ofSeconds(3)), "lines");
        }
    }

    @Test
    void inTheBackgroundAFaultIsShownUntilItIsOver() throws Exception {
        AtomicBoolean works = new AtomicBoolean();
        Health health = new Health();
        Check check = new Check("source a", () -> {
            if (!works.get()) {
                throw new EndpointException("check a: refused");
            }
        });
        try (Checks checks = new Checks(List.of(check))) {
            checks.untilTheyWork(SHORTLY, health);
            Await.until("fault", LONG, () -> health.faults().equals(Map.of("source a", "check a: refused")));
            works.set(true);
            Await.until("no fault", LONG, () -> health.faults().isEmpty());
        }
    }
}
