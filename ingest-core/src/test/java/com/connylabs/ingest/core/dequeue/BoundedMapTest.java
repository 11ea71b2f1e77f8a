package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
    @Test
    void whatWasNotUsedForLongestIsForgotten() {
        Map<String, Integer> map = new BoundedMap<>(3);
        for (int i = 0; i < 3; i++) {
            map.put("e" + i, i);
        }
        assertEquals(0, map.get("e0"), "used again");
        map.put("e3", 3);
        assertEquals(List.of("e2", "e0", "e3"), List.copyOf(map.keySet()));
    }
}
