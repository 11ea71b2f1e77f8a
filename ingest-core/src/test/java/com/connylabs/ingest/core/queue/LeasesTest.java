package com.connylabs.ingest.core.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeasesTest {
    private static final Duration TIME = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicInteger claims = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger releases = new AtomicInteger();
    private final CountDownLatch releasing = new CountDownLatch(1);
    private volatile CountDownLatch mayRelease = new CountDownLatch(0);
    private volatile boolean free = true;
    private volatile boolean down;
    private volatile boolean interrupted;

    private final Leases leases = new Leases(
            new Leases.Store() {
                @Override
                public boolean claim(String workflow, String holder) throws IngestException, InterruptedException {
                    claims.incrementAndGet();
                    if (interrupted) {
                        throw new InterruptedException("claimed all the same");
                    }
                    requireUp();
                    boolean now = free;
                    if (!now) {
                        refusals.incrementAndGet();
                    }
                    return now;
                }

                @Override
                public void release(String workflow, String holder) throws IngestException, InterruptedException {
                    releasing.countDown();
                    mayRelease.await();
                    releases.incrementAndGet();
                    requireUp();
                }

                private void requireUp() throws IngestException {
                    if (down) {
                        throw new EndpointException("down");
                    }
                }
            },
            TIME);

    @Test
    void aLeaseThatAnotherHasTakenIsLostForGood() throws Exception {
        Lease lease = leases.take("w").orElseThrow();
        free = false;
        Await.until("loss", SOON, () -> refusals.get() > 0 && !lease.held());
        free = true;
        int before = claims.get();
        assertEquals(true, leases.take("w").isPresent(), "a new one");
        Await.until("renewals of the new one", SOON, () -> claims.get() > before + 4);
        assertFalse(lease.held(), "the old one");
        lease.close();
        assertEquals(0, releases.get(), "releases of what was lost");
        leases.close();
        assertEquals(1, releases.get(), "releases of what was held");
    }

    @Test
    void aLeaseThatCannotBeRenewedIsDoubtfulAfterItsTimeUntilItCanBeRenewedAgain() throws Exception {
        try (Lease lease = leases.take("w").orElseThrow()) {
            down = true;
            Await.until("its time to pass", SOON, () -> !lease.held());
            down = false;
            Await.until("renewal", SOON, lease::held);
            down = true;
        }
        assertEquals(1, releases.get(), "a release that fails is no error");
    }

    @Test
    void whatMayHaveBeenTakenByOneWhoWasInterruptedIsGivenBack() throws Exception {
        interrupted = true;
        assertThrows(InterruptedException.class, () -> leases.take("w"));
        Await.until("release", SOON, () -> releases.get() == 1);
    }

    @Test
    void whoIsInterruptedAfterTheEndIsToldSo() {
        interrupted = true;
        leases.close();
        assertThrows(InterruptedException.class, () -> leases.take("w"));
    }

    @Test
    void aLeaseThatIsGivenBackIsNotRenewed() throws Exception {
        Lease lease = leases.take("w").orElseThrow();
        Lease other = leases.take("x").orElseThrow();
        lease.close();
        int before = claims.get();
        Await.until("renewals of the other", SOON, () -> claims.get() >= before + 2);
        other.close();
        int after = claims.get();
        free = false;
        assertEquals(Optional.empty(), leases.take("w"), "nothing to have");
        assertEquals(after + 1, claims.get(), "claims after the end of both");
    }

    @Test
    void anInterruptInTheMiddleOfGivingBackDoesNotKeepTheLease() throws Exception {
        Lease lease = leases.take("w").orElseThrow();
        CountDownLatch gate = new CountDownLatch(1);
        mayRelease = gate;
        AtomicBoolean flag = new AtomicBoolean();
        Thread closing = new Thread(() -> {
            lease.close();
            flag.set(Thread.interrupted());
        });
        closing.start();
        releasing.await();
        closing.interrupt();
        gate.countDown();
        closing.join();
        assertEquals(1, releases.get(), "releases");
        assertTrue(flag.get(), "the interrupt was swallowed");
    }
}
