package com.example.library;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A service that makes its reports up. */
final class SampleWeather implements Weather {
    private static final int PAGE = 10;

    private final Map<String, Report> reports = new ConcurrentSkipListMap<>();

    SampleWeather(int stations) {
        for (int i = 1; i <= stations; i++) {
            report("station-%03d".formatted(i), "sunny, " + i % 30 + " degrees", Instant.EPOCH);
        }
    }

    void report(String station, String text, Instant updated) {
        reports.put(station, new Report(text, updated));
    }

    @Override
    public List<Station> stations(int page) {
        List<Station> all = new ArrayList<>();
        reports.forEach((id, report) -> all.add(new Station(id, report.updated())));
        return all.stream().skip((long) page * PAGE).limit(PAGE).toList();
    }

    @Override
    public Optional<Report> report(String station) {
        return Optional.ofNullable(reports.get(station));
    }
}
