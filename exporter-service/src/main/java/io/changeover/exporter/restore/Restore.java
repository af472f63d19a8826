package io.changeover.exporter.restore;

import io.changeover.exporter.backup.BackupFolder;
import io.changeover.exporter.backup.Manifest;
import io.changeover.exporter.backup.Manifest.TableEntry;
import io.changeover.exporter.catalog.Quoted;
import io.changeover.exporter.catalog.SchemaCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Puts a `copy` backup into an empty schema, in one transaction: afterwards all of it is there, or
/// nothing.
///
/// The digests of all files are checked first. Owners and grants are not part of a backup:
/// everything belongs to the user who restores, which should be Kong's.
public final class Restore {

  /// What was put back.
  public record Restored(int tables, long rows) {}

  private final BackupFolder backup;

  private Restore(BackupFolder backup) {
    this.backup = backup;
  }

  /// Reads and checks a backup.
  ///
  /// @throws io.changeover.exporter.backup.BrokenBackupException when it is damaged
  /// @throws RestoreRefusedException when it was made with pg_dump
  public static Restore of(Path folder) throws IOException {
    BackupFolder backup = BackupFolder.verified(folder);
    if (!backup.manifest().kind().equals("copy")) {
      throw new RestoreRefusedException(
          "%s was made with pg_dump; expected a copy. Put it back with pg_restore --exit-on-error --single-transaction"
              .formatted(folder));
    }
    return new Restore(backup);
  }

  /// What is in the backup.
  public Manifest manifest() {
    return backup.manifest();
  }

  /// Puts it back.
  ///
  /// @param connection of the user that shall own everything; committed here, or rolled back
  /// @param schema made when it is not there
  /// @throws RestoreRefusedException when the schema is not empty, or holds something else than the
  ///   backup in the end
  public Restored into(Connection connection, String schema) throws SQLException, IOException {
    connection.setAutoCommit(false);
    boolean restored = false;
    try {
      prepare(connection, schema);
      run(connection, BackupFolder.BEFORE);
      for (TableEntry table : manifest().tables()) {
        rows(connection, table);
      }
      run(connection, BackupFolder.AFTER);
      connection.commit();
      restored = true;
    } finally {
      if (!restored) {
        connection.rollback();
      }
    }
    return new Restored(manifest().tables().size(), manifest().rows());
  }

  private static void prepare(Connection connection, String schema) throws SQLException {
    if (!SchemaCatalog.isEmpty(connection, schema)) {
      throw new RestoreRefusedException(
          "The schema %s is not empty; expected an empty one, since a restore never overwrites"
              .formatted(schema));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL check_function_bodies = off");
      statement.execute("SET LOCAL DateStyle = 'ISO, YMD'");
      statement.execute("SET LOCAL IntervalStyle = 'postgres'");
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + Quoted.name(schema));
      statement.execute("SET LOCAL search_path TO " + Quoted.name(schema) + ", public");
    }
  }

  private void run(Connection connection, String file) throws SQLException, IOException {
    String text = Files.readString(backup.path().resolve(file), StandardCharsets.UTF_8);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : text.split(Pattern.quote(BackupFolder.SEPARATOR), -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }

  private void rows(Connection connection, TableEntry table) throws SQLException, IOException {
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(backup.path().resolve(table.file())), 1 << 16)) {
      long rows = copy.copyIn(sql(table), in);
      if (rows != table.rows()) {
        throw new RestoreRefusedException(
            "The table %s got %d rows; expected %d".formatted(table.name(), rows, table.rows()));
      }
    }
  }

  private static String sql(TableEntry table) {
    String columns =
        table.columns().stream()
            .map(column -> Quoted.name(column.name()))
            .collect(Collectors.joining(", ", " (", ")"));
    return "COPY "
        + Quoted.name(table.name())
        + (table.columns().isEmpty() ? "" : columns)
        + " FROM STDIN (FORMAT text, ENCODING 'UTF8')";
  }
}
