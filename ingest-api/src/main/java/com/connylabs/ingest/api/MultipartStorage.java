package com.connylabs.ingest.api;

import java.util.OptionalLong;

/**
 * A storage that takes large objects in parts, several at a time and each on its own when it has to be sent again. The
 * engine then reads each part once, holds it in memory, and gives it to every destination.
 */
public interface MultipartStorage extends Storage {
    /**
     * How large the parts of an object should be. An object that fits into one part goes to {@link #store} instead. Where
     * other destinations of the same object want larger parts, all get the largest; no part but the last is smaller.
     *
     * @param length bytes of the whole object, empty when unknown
     * @return the length in bytes of every part but the last, greater than 0
     */
    long partSize(OptionalLong length);

    /**
     * Starts an upload. Nothing can be seen at the destination before it is completed.
     *
     * @param element the element
     * @param attributes what is known about the object
     * @return the upload, which the caller closes
     * @throws IngestException if it cannot be started
     * @throws InterruptedException if the thread was interrupted
     */
    Upload begin(Codec element, ObjectAttributes attributes) throws IngestException, InterruptedException;

    /**
     * Starts an upload that becomes visible only if the destination has not been changed since it was looked at: its
     * {@link Upload#complete} throws a {@link ChangedException} otherwise. This implementation looks again immediately
     * before it completes; a storage that can make the completion itself conditional should.
     *
     * @param element the element
     * @param attributes what is known about the object
     * @param seen what {@link #stat} said
     * @return the upload, which the caller closes
     * @throws IngestException if it cannot be started
     * @throws InterruptedException if the thread was interrupted
     */
    default Upload begin(Codec element, ObjectAttributes attributes, Sighting seen)
            throws IngestException, InterruptedException {
        return new RecheckedUpload(begin(element, attributes), this, element, seen);
    }
}
