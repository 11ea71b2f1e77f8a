package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.s3.MarkerPlaces.Place;
import org.junit.jupiter.api.Test;

class MarkerPlacesTest {
    private final MarkerPlaces places = new MarkerPlaces();
    private final Place place = new Place("minio:9000", "photos", "meta/");

    @Test
    void twoUsersShareAPlace() {
        places.enter(place);
        assertFalse(places.shared(place), "one user");
        places.enter(new Place("minio:9000", "photos", "other/"));
        assertFalse(places.shared(place), "another place");
        places.enter(new Place("minio:9000", "photos", "meta/"));
        assertTrue(places.shared(place), "two users");
    }

    @Test
    void whatWasSharedStaysSharedUntilTheLastHasLeft() {
        places.enter(place);
        places.enter(place);
        places.leave(place);
        assertTrue(places.shared(place), "the other's markers are still there");
        places.leave(place);
        places.enter(place);
        assertFalse(places.shared(place), "a new start");
    }
}
