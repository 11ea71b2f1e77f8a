package com.example.library;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stands for the client of a service of yours: weather stations, and the latest report of each. */
interface Weather {
    /** A station, and when it last reported. */
    record Station(String id, Instant updated) {}

    /** What a station reported. */
    record Report(String text, Instant updated) {}

    /** A page of the stations, empty after the last one. */
    List<Station> stations(int page);

    /** The latest report of a station, unless the station was closed. */
    Optional<Report> report(String station);
}
