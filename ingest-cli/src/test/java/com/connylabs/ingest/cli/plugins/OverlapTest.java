package com.connylabs.ingest.cli.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "s3://h/a, s3://h/a, true",
        "s3://h/a/, s3://h/a, true",
        "s3://h/a, s3://h/ab, false",
        "s3://h/a, s3://H/a/b, true",
        "s3://h/a, s3://other/a, false",
        "s3://h/a, file:///a, false",
        "s3://h/a/in/, s3://h/a/out/, false",
        "s3://h/a/in, s3://h/a/inbox/, true",
        "s3://h/a/in/, s3://h/a/inbox/, false",
        "s3://h/a/inbox/, s3://h/a/in, false",
        "s3://h/a/in/deep/, s3://h/a/in, true",
        "s3://h/a/in/, s3://h/a, true",
        "file:///data, file:///data2, false",
        "file:///data/in, file:///data/in2, false",
        "file:///data/, file:///data/out/, true",
        "file:///, file:///out, true",
        "mem:a, mem:a, false",
    })
    void tellsLocationsThatOverlap(URI source, URI destination, boolean expected) {
        assertEquals(expected, Overlap.between(source, destination));
    }
}
