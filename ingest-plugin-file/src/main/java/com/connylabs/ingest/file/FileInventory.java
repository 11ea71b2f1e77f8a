package com.connylabs.ingest.file;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Lists what a destination has: its files, each with the version that it was copied from, if that is recorded. Links are
 * left out, and so is what is in a directory that cannot be read: a worker looks for that.
 */
final class FileInventory implements Inventory {
    private static final Logger log = LoggerFactory.getLogger(FileInventory.class);

    private final Root root;
    private final VersionRecord versions;
    private final AtomicBoolean toldOfUnreadable;
    private @Nullable Walk walk;

    private FileInventory(Root root, VersionRecord versions, AtomicBoolean toldOfUnreadable) {
        this.root = root;
        this.versions = versions;
        this.toldOfUnreadable = toldOfUnreadable;
    }

    /** Begins a listing. A root that is not there yet has nothing. */
    static FileInventory open(Root root, VersionRecord versions, AtomicBoolean toldOfUnreadable)
            throws EndpointException {
        FileInventory inventory = new FileInventory(root, versions, toldOfUnreadable);
        if (root.exists()) {
            inventory.walk = new Walk(root.real(), Walk.NAMES, inventory::tell);
        }
        return inventory;
    }

    @Override
    public Optional<InventoryEntry> next(String from) throws InterruptedException {
        for (Walk.Entry file = nextFile(from); file != null; file = nextFile(from)) {
            if (file.attributes().isRegularFile()) {
                return Optional.of(entry(file));
            }
        }
        return Optional.empty();
    }

    private Walk.@Nullable Entry nextFile(String from) throws InterruptedException {
        return walk == null ? null : walk.next(from);
    }

    private InventoryEntry entry(Walk.Entry file) {
        return InventoryEntry.of(file.name(), OptionalLong.of(file.attributes().size()))
                .withVersion(versions.read(file.path(), file.attributes()));
    }

    private void tell(IOException e) {
        log.atLevel(toldOfUnreadable.compareAndSet(false, true) ? Level.WARN : Level.DEBUG)
                .addKeyValue("directory", root.path())
                .addKeyValue("reason", IoErrors.reason(e))
                .log("cannot list all of a destination; what is not listed is looked for one by one");
    }

    @Override
    public void close() {
        walk = null;
    }
}
