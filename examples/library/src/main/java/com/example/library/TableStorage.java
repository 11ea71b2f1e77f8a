package com.example.library;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table with an object a row. A statement is a transaction, so readers see the old object or the new one. Safe to use
 * from many threads: each call has a connection of its own.
 */
final class TableStorage implements Storage {
    private static final int MOST_BYTES = 16 << 20;

    private final Path file;

    /** What is done with a connection. */
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private TableStorage(Path file) {
        this.file = file;
    }

    static TableStorage open(Path file) throws EndpointException {
        TableStorage storage = new TableStorage(file);
        storage.run(connection -> {
            try (PreparedStatement create = connection.prepareStatement("create table if not exists objects"
                    + " (name text primary key, version text, type text, body blob not null)")) {
                return create.execute();
            }
        });
        return storage;
    }

    @Override
    public Optional<ObjectInfo> stat(Codec element) throws EndpointException {
        return run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select version, length(body) from objects where name = ?")) {
                select.setString(1, element.name());
                ResultSet row = select.executeQuery();
                return row.next() ? Optional.of(info(element, row)) : Optional.empty();
            }
        });
    }

    private ObjectInfo info(Codec element, ResultSet row) throws SQLException {
        Optional<String> version = Optional.ofNullable(row.getString(1));
        return new ObjectInfo(location(element), OptionalLong.of(row.getLong(2)), version, Evidence.OBJECT);
    }

    @Override
    public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
        if (!UTF_8.newEncoder().canEncode(element.name())) {
            throw new PermanentException("store " + element.id() + ": its name is no proper text");
        }
        byte[] body = body(element, object);
        run(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert or replace into objects values (?, ?, ?, ?)")) {
                insert.setString(1, element.name());
                insert.setString(2, object.attributes().version().orElse(null));
                insert.setString(3, object.attributes().contentType().orElse(null));
                insert.setBytes(4, body);
                return insert.executeUpdate();
            }
        });
        return location(element);
    }

    /** The whole body: a table is no place for large objects. */
    private static byte[] body(Codec element, IngestObject object) throws IngestException, InterruptedException {
        byte[] body;
        try {
            body = object.body().readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new TransientException("store " + element.id() + ": its body cannot be read: " + e, e);
        }
        if (body.length > MOST_BYTES) {
            throw new PermanentException("store " + element.id() + ": is larger than " + MOST_BYTES + " bytes");
        }
        long length = object.attributes().length().orElse(body.length);
        if (body.length != length) {
            throw new TransientException(
                    "store " + element.id() + ": " + body.length + " bytes came instead of " + length);
        }
        return body;
    }

    private static URI location(Codec element) {
        return URI.create("table:objects/" + URLEncoder.encode(element.name(), UTF_8));
    }

    private <T> T run(Work<T> work) throws EndpointException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=30000")) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new EndpointException("the table in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
