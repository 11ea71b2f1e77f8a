package com.example.library;

import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.tck.StorageContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class TableStorageContractTest extends StorageContract {
    @TempDir
    private Path directory;

    private TableStorage storage;

    @BeforeEach
    void open() throws Exception {
        storage = TableStorage.open(directory.resolve("table.db"));
    }

    @Override
    protected Storage storage() {
        return storage;
    }

    @Override
    protected Optional<byte[]> read(String name) throws Exception {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("select body from objects where name = ?")) {
            select.setString(1, name);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    @Override
    protected void remove(String name) throws Exception {
        try (Connection connection = connect();
                PreparedStatement delete = connection.prepareStatement("delete from objects where name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }

    @Override
    protected Collection<String> contents() throws Exception {
        List<String> names = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("select name from objects order by name")) {
            ResultSet row = select.executeQuery();
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("table.db") + "?busy_timeout=30000");
    }
}
