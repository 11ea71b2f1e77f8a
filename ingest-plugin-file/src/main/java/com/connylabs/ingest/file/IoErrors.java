package com.connylabs.ingest.file;

import com.connylabs.ingest.api.EndpointException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in the words of the contracts what went wrong with a file. */
final class IoErrors {
    private IoErrors() {}

    /**
     * The exception for a file system that does not do what it should. An interrupt shows as a failure too, because it
     * closes the channel; it is told from others here.
     */
    static EndpointException endpoint(String what, IOException e) throws InterruptedException {
        stopIfInterrupted(what);
        return new EndpointException(what + ": " + reason(e), e);
    }

    static void stopIfInterrupted(String what) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(what);
        }
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there";
        }
        if (e instanceof AccessDeniedException denied) {
            return "access denied to " + denied.getFile();
        }
        if (e instanceof FileSystemException other && other.getReason() != null) {
            return other.getFile() + ": " + other.getReason();
        }
        return e.toString();
    }
}
