package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.it.chaos.Violation.Rule;
import com.connylabs.ingest.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run: everything is started, broken for a while, left alone, and looked at. */
final class Chaos {
    private static final Duration START = Duration.ofMinutes(5);

    private final long seed;
    private final QueueKind queue;
    private final Scale scale;
    private final Path directory;
    private final Journal journal;
    private final Ledger ledger = new Ledger();
    private final List<Violation> violations = new ArrayList<>();
    private final Clock clock = new Clock();
    private int lostByServer;

    /**
     * How a run ended.
     *
     * @param violations nothing if all is well
     * @param summary what happened, in one line
     */
    record Result(List<Violation> violations, String summary) {}

    /** A run whose files are in the directory. */
    Chaos(long seed, QueueKind queue, Scale scale, Path directory, Journal journal) {
        this.seed = seed;
        this.queue = queue;
        this.scale = scale;
        this.directory = directory;
        this.journal = journal;
    }

    Result run() throws Exception {
        try (Site site = new Site(directory, seed);
                Broker broker = queue.start(directory.resolve("queue"));
                Fleet fleet = new Fleet(directory, site.config(scale), broker.flags());
                Writer writer = new Writer(site.source, ledger, journal, scale, seed);
                Sampler sampler = new Sampler(site.stores, ledger, seed)) {
            Play play = new Play(fleet, broker, journal);
            writer.fill();
            fleet.musterAll();
            Await.until("the first copy", START, () -> !site.stores.list("two").isEmpty());
            lap("started");
            site.chaos();
            writer.start();
            sampler.start();
            play.perform(Schedule.of(seed, queue, scale), scale.chaos());
            writer.stop();
            lap("chaos");
            site.calm();
            broker.mend();
            fleet.musterAll();
            writer.addLate();
            fleet.list();
            lap("listed");
            // From here on nobody lists: what is lost now stays lost.
            site.chaos();
            play.perform(Schedule.late(seed, scale), scale.late());
            site.calm();
            fleet.muster();
            lap("late chaos");
            settle(site, broker, new Quiet(fleet, broker, scale.calm()));
            lap("rest");
            fleet.end();
            violations.addAll(sampler.stop());
            return judge(site, broker, sampler);
        }
    }

    private void lap(String name) {
        journal.write(name);
        clock.lap(name);
    }

    private void settle(Site site, Broker broker, Quiet quiet) throws Exception {
        try {
            quiet.drain();
            lost(verdict(site, answer(broker::letters)).lost());
            quiet.settle();
        } catch (AssertionError e) {
            violations.add(new Violation(Rule.COMES_TO_REST, queue.toString(), String.valueOf(e.getMessage())));
        }
    }

    /** See {@link QueueKind#keepsWhatItConfirmed}. */
    private void lost(List<Violation> lost) {
        lost.forEach(violation -> journal.write(violation.toString()));
        if (queue.keepsWhatItConfirmed()) {
            violations.addAll(lost);
        } else {
            lostByServer = lost.size();
        }
    }

    private Result judge(Site site, Broker broker, Sampler sampler) throws Exception {
        long messages = answer(broker::messages);
        if (messages > 0) {
            violations.add(new Violation(Rule.QUEUE_EMPTY, queue.toString(), messages + " messages are left"));
        }
        List<Broker.Letter> letters = answer(broker::letters);
        violations.addAll(verdict(site, letters).violations());
        checkTemporary();
        return new Result(
                List.copyOf(violations),
                clock + "; " + ledger.keys().size() + " objects in " + ledger.count() + " versions, " + sampler.seen()
                        + " looked at meanwhile, faults " + site.faults() + ", copies that took another listing "
                        + lostByServer
                        + ", dead letters " + letters);
    }

    /** When it knows, which a cluster does not while it elects a leader. */
    private static <T> T answer(Callable<T> question) throws InterruptedException {
        List<T> answers = new ArrayList<>();
        Await.until("the broker's answer", Duration.ofMinutes(1), () -> answers.add(question.call()));
        return answers.get(0);
    }

    private Verdict verdict(Site site, List<Broker.Letter> letters) {
        Set<String> givenUp = letters.stream().map(Broker.Letter::id).collect(Collectors.toSet());
        return new Verdict(ledger, site.source, site.stores, givenUp);
    }

    /** What SQLite's driver unpacks for itself does not count; the next one to start takes it away. */
    private void checkTemporary() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
            files.filter(file -> !file.getFileName().toString().startsWith("sqlite-"))
                    .forEach(file ->
                            violations.add(new Violation(Rule.NO_TEMPORARY_FILE, file.toString(), "was left behind")));
        }
    }
}
