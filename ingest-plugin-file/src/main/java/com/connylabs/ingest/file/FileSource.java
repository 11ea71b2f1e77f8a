package com.connylabs.ingest.file;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.plugin.Source;
import com.connylabs.ingest.file.Tree.Found;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The files below a directory. Safe to use from many threads. */
final class FileSource implements Source {
    private final Root root;
    private final AtomicBoolean toldOfLinks = new AtomicBoolean();

    FileSource(Root root) {
        this.root = root;
    }

    @Override
    public Nexter nexter() {
        return new FileNexter(root, toldOfLinks);
    }

    @Override
    public Optional<IngestObject> download(Codec element) throws IngestException, InterruptedException {
        String what = "download " + FileName.quoted(element.id());
        try {
            Optional<Found> found = find(element);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            PinnedFile pinned = PinnedFile.pin(found.get().file());
            FileVersion version = pinned.version();
            ObjectAttributes attributes =
                    ObjectAttributes.unknown().withLength(version.size()).withVersion(version.toString());
            return Optional.of(IngestObject.of(attributes, pinned.open(0, version.size()), pinned::open));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw IoErrors.endpoint(what, e);
        }
    }

    /**
     * Removes the file, and leaves the directory that it was in. It is looked at immediately before: who replaces it in
     * the instant between loses what he wrote, as he would with any program that removes files.
     */
    @Override
    public CleanUpResult cleanUp(Codec element) throws IngestException, InterruptedException {
        String what = "clean up " + FileName.quoted(element.id());
        try {
            Optional<Found> found = find(element);
            if (found.isEmpty()) {
                return CleanUpResult.GONE;
            }
            String there = FileVersion.of(found.get().file()).toString();
            if (!element.knownVersion().orElse(there).equals(there)) {
                return CleanUpResult.CHANGED;
            }
            Files.delete(found.get().entry());
            return CleanUpResult.REMOVED;
        } catch (NoSuchFileException e) {
            return CleanUpResult.GONE;
        } catch (IOException e) {
            throw IoErrors.endpoint(what, e);
        }
    }

    /** The element's file, if it is a file. A root that is not there is an error: its files are not gone. */
    private Optional<Found> find(Codec element) throws IOException, IngestException {
        FileName name = FileName.parse(element.id());
        return new Tree(root.real(), Names.SYSTEM).find(name).filter(found -> Files.isRegularFile(found.file()));
    }

    @Override
    public void check() throws IngestException {
        root.requireReadable();
    }

    @Override
    public URI location() {
        return root.location();
    }

    @Override
    public void close() {}
}
