package com.connylabs.ingest.file;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.api.plugin.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Files below a directory. A file is written under another name, brought to the disk, and then renamed, so that nobody
 * sees a part of it. Of an object's attributes only the version is kept. Safe to use from many threads.
 */
final class FileDestination implements Destination, MultipartStorage, ListableStorage {
    private static final long PART = 7 << 20;
    private static final int BUFFER = 128 << 10;

    private final Root root;
    private final Names names;
    private final Turns turns = new Turns();
    private final Drafts drafts;
    private final VersionRecord versions = new VersionRecord();
    private final AtomicBoolean toldOfUnreadable = new AtomicBoolean();

    FileDestination(Root root) {
        this(root, Names.SYSTEM);
    }

    /**
     * A destination on a file system of another kind.
     *
     * @param names how that finds what is in a directory
     */
    FileDestination(Root root, Names names) {
        this.root = root;
        this.names = new ExactNames(names);
        this.drafts = new Drafts(root);
    }

    @Override
    public Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
        FileName name = FileName.parse(element.name());
        if (!root.exists()) {
            return Optional.empty();
        }
        try {
            Optional<Path> file = new Tree(root.real(), names)
                    .find(name)
                    .map(Tree.Found::entry)
                    .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS));
            return file.isEmpty() ? Optional.empty() : Optional.of(info(file.get()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw IoErrors.endpoint("look for " + FileName.quoted(element.name()), e);
        }
    }

    private ObjectInfo info(Path file) throws IOException {
        OptionalLong length = OptionalLong.of(Files.size(file));
        Optional<String> revision = Optional.of(FileVersion.of(file).toString());
        return new ObjectInfo(file.toUri(), length, versions.read(file), Evidence.OBJECT, revision);
    }

    @Override
    public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
        return store(element, object, Look.NONE);
    }

    @Override
    public URI store(Codec element, IngestObject object, Sighting seen) throws IngestException, InterruptedException {
        return store(element, object, again(element, seen));
    }

    /** What is done immediately before a file gets its name. */
    interface Look {
        Look NONE = () -> {};

        void again() throws IngestException, InterruptedException;
    }

    private Look again(Codec element, Sighting seen) {
        return () -> seen.requireUnchanged(element, stat(element));
    }

    private URI store(Codec element, IngestObject object, Look look) throws IngestException, InterruptedException {
        FileName name = FileName.parse(element.name());
        String what = "store " + FileName.quoted(element.name());
        try (Draft draft = drafts.create(element.name())) {
            long length = fill(draft, object, what);
            requireLength(object.attributes(), length, what);
            return publish(draft, name, object.attributes(), look);
        } catch (IOException e) {
            throw IoErrors.endpoint(what, e);
        }
    }

    private static long fill(Draft draft, IngestObject object, String what)
            throws IOException, TransientException, InterruptedException {
        long most = object.attributes().length().orElse(Long.MAX_VALUE - 1);
        byte[] buffer = new byte[(int) Math.min(BUFFER, most + 1)];
        long length = 0;
        for (int count = read(object.body(), buffer, what); count >= 0; count = read(object.body(), buffer, what)) {
            draft.write(ByteBuffer.wrap(buffer, 0, count), length);
            length += count;
            if (length > most) {
                break;
            }
        }
        return length;
    }

    private static int read(InputStream body, byte[] buffer, String what)
            throws TransientException, InterruptedException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            IoErrors.stopIfInterrupted(what);
            throw new TransientException(what + ": its body failed: " + e.getMessage(), e);
        }
    }

    static void requireLength(ObjectAttributes attributes, long length, String what) throws TransientException {
        long expected = attributes.length().orElse(length);
        if (length != expected) {
            throw new TransientException(what + ": its body has " + (length > expected ? "more" : "fewer") + " than "
                    + expected + " bytes; the source may have changed");
        }
    }

    /** Makes a whole draft visible under its name. */
    URI publish(Draft draft, FileName name, ObjectAttributes attributes, Look look)
            throws IOException, IngestException, InterruptedException {
        try {
            if (attributes.version().isPresent()) {
                versions.write(draft.path(), attributes.version().get());
            }
            draft.sync();
            Path directory = new Tree(root.real(), names).makeDirectory(name);
            Path target = moveInTurn(draft, directory, name.file(), look);
            Directories.sync(directory);
            return target.toUri();
        } catch (AtomicMoveNotSupportedException e) {
            throw new PermanentException(name.file() + " is on another file system than " + root.path(), e);
        } catch (NoSuchFileException e) {
            if (Files.exists(draft.path())) {
                throw e;
            }
            throw new TransientException(
                    "what was written was removed, because the element is another worker's now", e);
        }
    }

    /** Of two names that the file system takes for one, the later one has to see the earlier one. */
    private Path moveInTurn(Draft draft, Path directory, String file, Look look)
            throws IOException, IngestException, InterruptedException {
        Path target = directory.resolve(file);
        ReentrantLock turn = turns.of(target);
        turn.lockInterruptibly();
        try {
            if (isDirectory(directory, file)) {
                throw new PermanentException(target + " is a directory, and cannot be a file at the same time");
            }
            look.again();
            draft.moveTo(target);
            return target;
        } finally {
            turn.unlock();
        }
    }

    private boolean isDirectory(Path directory, String file) throws IOException, PermanentException {
        try {
            return names.look(directory, file).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void discardUnfinished(Codec element) throws IngestException, InterruptedException {
        try {
            drafts.discard(element.name());
        } catch (IOException e) {
            throw IoErrors.endpoint("remove what is left of " + FileName.quoted(element.name()), e);
        }
    }

    @Override
    public void discardUnfinished(Instant startedBefore) throws IngestException, InterruptedException {
        try {
            drafts.discardOlder(startedBefore);
        } catch (IOException e) {
            throw IoErrors.endpoint("remove what was left unfinished in " + root.path(), e);
        }
    }

    @Override
    public long partSize(OptionalLong length) {
        return PART;
    }

    @Override
    public Upload begin(Codec element, ObjectAttributes attributes) throws IngestException, InterruptedException {
        return begin(element, attributes, Look.NONE);
    }

    @Override
    public Upload begin(Codec element, ObjectAttributes attributes, Sighting seen)
            throws IngestException, InterruptedException {
        return begin(element, attributes, again(element, seen));
    }

    private Upload begin(Codec element, ObjectAttributes attributes, Look look)
            throws IngestException, InterruptedException {
        FileName name = FileName.parse(element.name());
        String what = "store " + FileName.quoted(element.name());
        try {
            return new FileUpload(this, drafts.create(element.name()), name, attributes, look, what);
        } catch (IOException e) {
            throw IoErrors.endpoint(what, e);
        }
    }

    @Override
    public Optional<Inventory> inventory() throws IngestException {
        return Optional.of(FileInventory.open(root, versions, toldOfUnreadable));
    }

    @Override
    public void check() throws IngestException {
        root.requireWritable();
    }

    @Override
    public URI location() {
        return root.location();
    }

    @Override
    public void close() {
        drafts.close();
    }
}
