package com.connylabs.ingest.api;

/**
 * A storage that can compare by itself what arrives with the checksum that the source states. Then the bytes of an object only
 * pass through this process: nobody has to hold, read or hash them before the storage does.
 */
public interface VerifyingStorage extends Storage {
    /**
     * Whether {@link Storage#store(Codec, IngestObject, Sighting)}, of an object with these attributes, makes it visible only if
     * all that arrived has the length and the checksum in them, and reads the body once, as it comes.
     *
     * <p>The engine asks immediately before it stores an object that is too large to be held, with a body that nobody has
     * checked, and in doubt the answer is no: then it checks the body itself. An element that could not be stored in this way
     * is asked about again when it is tried again, so a storage says no where it would fail for the same reason.
     *
     * <p>Called from many workers at once. Blocks if the storage has to find out; honours interrupts. Idempotent.
     *
     * @param element the element
     * @param attributes what the source states
     * @return true if the storage can be relied upon
     * @throws IngestException if it could not be found out, and the object cannot be stored in any other way either
     * @throws InterruptedException if the thread was interrupted
     */
    boolean verifies(Codec element, ObjectAttributes attributes) throws IngestException, InterruptedException;
}
