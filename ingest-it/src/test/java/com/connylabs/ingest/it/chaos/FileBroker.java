package com.connylabs.ingest.it.chaos;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The embedded queue. It has no process of its own: those that use it are killed. */
final class FileBroker implements Broker {
    private final Path file;

    FileBroker(Path file) {
        this.file = file;
    }

    @Override
    public List<String> flags() {
        return List.of("--queue-endpoint=file:" + file);
    }

    @Override
    public void kill() {}

    @Override
    public void mend() {}

    @Override
    public long messages() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM message")) {
            return result.getLong(1);
        }
    }

    @Override
    public List<Letter> letters() throws SQLException {
        List<Letter> letters = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, reason FROM dead_letter")) {
            while (result.next()) {
                letters.add(new Letter(result.getString(1), result.getString(2)));
            }
        }
        return letters;
    }

    @Override
    public void close() {}
}
