package com.connylabs.ingest.api;

import java.io.InputStream;

/** A part of an object, held in memory, that can be read again and by several threads at once. */
public interface Part {
    /**
     * Its place in the object.
     *
     * @return counted from 1
     */
    int number();

    /**
     * Where it begins. Parts come in any order, and how long those before it are need not be what the destination asked
     * for: one read serves several destinations.
     *
     * @return bytes before it in the object
     */
    long offset();

    /**
     * Its length.
     *
     * @return bytes
     */
    long length();

    /**
     * Its bytes, from the start.
     *
     * @return a new stream at each call, which need not be closed
     */
    InputStream open();
}
