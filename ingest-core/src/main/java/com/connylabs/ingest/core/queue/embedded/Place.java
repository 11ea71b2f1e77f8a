package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.sqlite.SQLiteJDBCLoader;

/** Finds out whether a queue can be where it is asked for, in better words than SQLite has. */
final class Place {
    private static final Set<String> REMOTE =
            Set.of("nfs", "nfs4", "cifs", "smbfs", "smb2", "smb3", "fuse.sshfs", "9p", "ceph", "fuse.glusterfs");

    private Place() {}

    static void check(Path file) throws IngestException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new EndpointException("queue " + file + " cannot be opened: there is no directory " + directory
                    + "; make it, or give another --queue-endpoint");
        }
        if (Files.isDirectory(file)) {
            throw new PermanentException("queue " + file + " is a directory; name a file in it with --queue-endpoint");
        }
        if (file.toString().indexOf('?') >= 0) {
            throw new PermanentException("queue " + file + ": SQLite takes no file with a ? in its name");
        }
        requireLocal(file, directory);
        requireLibrary(file);
    }

    private static void requireLocal(Path file, Path directory) throws IngestException {
        try {
            String type = Files.getFileStore(directory).type().toLowerCase(Locale.ROOT);
            if (REMOTE.contains(type)) {
                throw new PermanentException("queue " + file + " is on a file system of another machine (" + type
                        + "), where locks do not hold; give a --queue-endpoint on a local disk, or use NATS");
            }
        } catch (IOException e) {
            throw new EndpointException("queue " + file + ": cannot look at its directory: " + e.getMessage(), e);
        }
    }

    private static void requireLibrary(Path file) throws EndpointException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new EndpointException(
                    "queue " + file + ": SQLite's library cannot be loaded: " + e.getMessage()
                            + "; name a directory from which programs may run with -Dorg.sqlite.tmpdir=DIRECTORY",
                    e);
        }
    }
}
