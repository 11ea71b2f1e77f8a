package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Carries a schedule out. */
final class Play {
    private final Fleet fleet;
    private final Broker broker;
    private final Journal journal;

    private record Step(Duration at, Event event, boolean begin) {}

    Play(Fleet fleet, Broker broker, Journal journal) {
        this.fleet = fleet;
        this.broker = broker;
        this.journal = journal;
    }

    /** Returns when the chaos is over; what is broken then stays so. */
    void perform(Schedule schedule, Duration length) throws Exception {
        List<Step> steps = new ArrayList<>();
        for (Event event : schedule.events()) {
            steps.add(new Step(event.at(), event, true));
            steps.add(new Step(event.end(), event, false));
        }
        steps.sort(Comparator.comparing(Step::at));
        long start = System.nanoTime();
        for (Step step : steps) {
            if (step.at().compareTo(length) < 0) {
                rest(start, step.at());
                journal.write((step.begin() ? "begin " : "end ") + step.event());
                perform(step);
            }
        }
        rest(start, length);
    }

    private static void rest(long start, Duration until) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(start + until.toNanos() - System.nanoTime());
    }

    private void perform(Step step) throws Exception {
        Member worker = fleet.worker(step.event().victim());
        switch (step.event().what()) {
            case KILL_WORKER -> kill(worker, step.begin());
            case KILL_ENQUEUER -> kill(fleet.enqueuer(), step.begin());
            case STOP_WORKER -> worker.signal(step.begin() ? Signal.STOP : Signal.CONT);
            case STOP_ENQUEUER -> fleet.enqueuer().signal(step.begin() ? Signal.STOP : Signal.CONT);
            case LIST -> list(step.begin());
            case KILL_QUEUE -> {
                if (step.begin()) {
                    broker.kill();
                } else {
                    broker.mend();
                }
            }
        }
    }

    private void list(boolean begin) throws Exception {
        if (begin) {
            fleet.lister().start();
        } else {
            fleet.lister().discard();
        }
    }

    private static void kill(Member member, boolean begin) throws Exception {
        if (begin) {
            member.kill();
        } else {
            member.start();
        }
    }
}
