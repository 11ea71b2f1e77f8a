package com.example.library;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.Nexter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Lists the stations, a page at a time. The time of the last report serves as version: another report, another version. */
final class StationNexter implements Nexter {
    private final Weather weather;
    private Iterator<Weather.Station> page = Collections.emptyIterator();
    private int next;

    StationNexter(Weather weather) {
        this.weather = weather;
    }

    @Override
    public void reset() {
        page = Collections.emptyIterator();
        next = 0;
    }

    @Override
    public Optional<Codec> next() {
        if (!page.hasNext()) {
            List<Weather.Station> stations = weather.stations(next);
            if (stations.isEmpty()) {
                return Optional.empty();
            }
            page = stations.iterator();
            next++;
        }
        Weather.Station station = page.next();
        return Optional.of(Codec.of(station.id(), station.id() + ".txt")
                .withVersion(station.updated().toString()));
    }
}
