package com.connylabs.ingest.it.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What is broken when. The same seed gives the same schedule; what the processes are doing at that moment is up to them.
 *
 * @param events in the order of their beginning
 */
record Schedule(List<Event> events) {
    private static final int WORKERS = Fleet.WORKERS;

    /** Everything is broken. */
    static Schedule of(long seed, QueueKind queue, Scale scale) {
        Maker maker = new Maker(new Random(seed), scale.chaos(), scale.pause());
        long seconds = scale.chaos().toSeconds();
        maker.add(seconds / 4, Event.What.KILL_WORKER, 200, 2000);
        maker.stops(Math.max(1, seconds / 10), Event.What.STOP_WORKER);
        // Only one: whoever follows a killed enqueuer waits for the end of its lease, which is longer than all this.
        maker.add(1, Event.What.KILL_ENQUEUER, 200, 2000);
        maker.stops(seconds / 25, Event.What.STOP_ENQUEUER);
        maker.add(Math.max(1, seconds / 10), Event.What.LIST, 6000, 10_000);
        switch (queue) {
            case NATS -> maker.add(Math.max(1, seconds / 8), Event.What.KILL_QUEUE, 500, 3000);
            case CLUSTER -> maker.add(Math.max(1, seconds / 6), Event.What.KILL_QUEUE, 2000, 4000);
            case EMBEDDED -> maker.add(seconds / 6, Event.What.KILL_WORKER, 200, 2000);
        }
        return maker.schedule();
    }

    /** The workers are broken, when everything is in the queue. */
    static Schedule late(long seed, Scale scale) {
        Maker maker = new Maker(new Random(~seed), scale.late(), scale.pause());
        maker.add(Math.max(1, scale.late().toSeconds() / 3), Event.What.KILL_WORKER, 200, 2000);
        maker.stops(1, Event.What.STOP_WORKER);
        return maker.schedule();
    }

    private static final class Maker {
        private final Random random;
        private final Duration length;
        private final Duration pause;
        private final List<Event> events = new ArrayList<>();

        Maker(Random random, Duration length, Duration pause) {
            this.random = random;
            this.length = length;
            this.pause = pause;
        }

        void add(long count, Event.What what, int shortest, int longest) {
            for (int i = 0; i < count; i++) {
                add(what, Duration.ofMillis(shortest + random.nextInt(longest - shortest)));
            }
        }

        void stops(long count, Event.What what) {
            for (int i = 0; i < count; i++) {
                add(what, pause.plusMillis(random.nextInt(1000)));
            }
        }

        private void add(Event.What what, Duration lasts) {
            Duration at = Duration.ofMillis(random.nextInt((int) length.toMillis()));
            events.add(new Event(at, lasts, what, random.nextInt(WORKERS)));
        }

        Schedule schedule() {
            return new Schedule(
                    events.stream().sorted(Comparator.comparing(Event::at)).toList());
        }
    }
}
