package com.example.library;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.PermanentException;
import java.util.Optional;

/** Gets the report of a station as an object. */
final class StationClient implements Client {
    private final Weather weather;

    StationClient(Weather weather) {
        this.weather = weather;
    }

    @Override
    public Optional<IngestObject> download(Codec element) {
        return weather.report(element.id()).map(StationClient::object);
    }

    private static IngestObject object(Weather.Report report) {
        ObjectAttributes attributes = ObjectAttributes.unknown()
                .withContentType("text/plain; charset=utf-8")
                .withVersion(report.updated().toString());
        return IngestObject.of(attributes, report.text().getBytes(UTF_8));
    }

    @Override
    public CleanUpResult cleanUp(Codec element) throws PermanentException {
        throw new PermanentException("the weather service does not let anybody remove " + element.id());
    }
}
