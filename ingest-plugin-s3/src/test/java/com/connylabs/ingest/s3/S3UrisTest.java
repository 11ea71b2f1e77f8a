package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values are what Go's url.URL{Scheme, Host, Path}.String() gives. */
class S3UrisTest {
    @ParameterizedTest
    @CsvSource({
        "photos, a.txt, s3://photos/a.txt",
        "my_photos, a, s3://my_photos/a",
        "b, a b+c%2F.txt, s3://b/a%20b+c%252F.txt",
        "b, ünï/😀, s3://b/%C3%BCn%C3%AF/%F0%9F%98%80",
        "b, a//b, s3://b/a//b",
        "b, ./x, s3://b/./x",
        "b, ../x, s3://b/../x",
        "b, dir/, s3://b/dir/",
        "b, q?a=b&c#d, s3://b/q%3Fa=b&c%23d",
        "b, $&+:;=@~-_., s3://b/$&+:;=@~-_.",
        "b, !*()[]{}|^\\\"<>`, s3://b/%21%2A%28%29%5B%5D%7B%7D%7C%5E%5C%22%3C%3E%60"
    })
    void isEncodedAsGoDoesIt(String bucket, String key, String expected) {
        assertEquals(expected, S3Uris.of(bucket, key).toString(), "uri");
    }
}
