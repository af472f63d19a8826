package io.changeover.exporter.backup;

import io.changeover.exporter.backup.Manifest.ColumnEntry;
import io.changeover.exporter.backup.Manifest.FileEntry;
import io.changeover.exporter.backup.Manifest.TableEntry;
import io.changeover.exporter.catalog.Quoted;
import io.changeover.exporter.catalog.SchemaCatalog;
import io.changeover.exporter.catalog.SchemaShape;
import io.changeover.exporter.catalog.TableShape;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Facts;
import io.changeover.worker.PhaseContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// Saves a schema with `COPY … TO STDOUT`: every table of one snapshot, as text, compressed with
/// gzip, one file each. Memory stays flat however many rows there are.
final class CopyBackup implements BackupMethod {

  private static final int BUFFER = 1 << 16;
  private static final int ROWS_PER_CHECK = 1_000;

  private final PostgresDatastore datastore;

  private final KongYmlExtra.Choice kongYml;

  /// @param kongYml what to write beside the tables
  CopyBackup(PostgresDatastore datastore, KongYmlExtra.Choice kongYml) {
    this.datastore = datastore;
    this.kongYml = kongYml;
  }

  @Override
  public Manifest write(Path folder, PhaseContext context)
      throws IOException, SQLException, InterruptedException {
    Instant from = context.clock().instant();
    Duration most = Duration.between(from, context.deadline());
    try (Connection connection = Source.snapshot(datastore, most)) {
      SchemaShape shape = new SchemaCatalog(connection, datastore.schema()).read();
      List<FileEntry> files = new ArrayList<>();
      files.add(statements(folder.resolve(BackupFolder.BEFORE), shape.before()));
      files.add(statements(folder.resolve(BackupFolder.AFTER), shape.after()));
      List<TableEntry> tables = tables(folder, context, connection, shape, files);
      files.addAll(kongYml.write(connection, folder, context));
      connection.rollback();
      return manifest(context, from, shape, files, tables);
    }
  }

  private List<TableEntry> tables(
      Path folder,
      PhaseContext context,
      Connection connection,
      SchemaShape shape,
      List<FileEntry> files)
      throws IOException, SQLException {
    List<TableEntry> tables = new ArrayList<>();
    long rows = 0;
    for (TableShape table : shape.tables()) {
      String name = "table-%04d.copy.gz".formatted(tables.size() + 1);
      Path file = Durable.file(folder.resolve(name));
      long copied = copy(connection, table, file, context);
      files.add(BackupFolder.entry(file));
      tables.add(entry(table, name, copied));
      rows += copied;
      context.progress(
          Map.of(
              Facts.BACKUP_TABLES,
              tables.size() + "/" + shape.tables().size(),
              Facts.BACKUP_ROWS,
              Long.toString(rows)));
    }
    return tables;
  }

  private long copy(Connection connection, TableShape table, Path file, PhaseContext context)
      throws IOException, SQLException {
    CopyOut copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql(datastore.schema(), table));
    try (OutputStream out =
        new BufferedOutputStream(
            new GZIPOutputStream(Files.newOutputStream(file), BUFFER), BUFFER)) {
      long rows = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        if (rows++ % ROWS_PER_CHECK == 0) {
          context.ensureCurrent();
        }
        out.write(row);
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    Durable.force(file);
    return copy.getHandledRowCount();
  }

  private static String sql(String schema, TableShape table) {
    String columns =
        table.columns().stream()
            .map(column -> Quoted.name(column.name()))
            .collect(Collectors.joining(", ", " (", ")"));
    return "COPY "
        + Quoted.name(schema)
        + "."
        + Quoted.name(table.name())
        + (table.columns().isEmpty() ? "" : columns)
        + " TO STDOUT (FORMAT text, ENCODING 'UTF8')";
  }

  private static FileEntry statements(Path file, List<String> statements) throws IOException {
    String text =
        statements.stream()
            .map(statement -> statement + BackupFolder.SEPARATOR)
            .collect(Collectors.joining());
    Files.writeString(Durable.file(file), text, StandardCharsets.UTF_8);
    Durable.force(file);
    return BackupFolder.entry(file);
  }

  private static TableEntry entry(TableShape table, String file, long rows) {
    return new TableEntry(
        table.name(),
        file,
        table.columns().stream()
            .map(column -> new ColumnEntry(column.name(), column.type()))
            .toList(),
        rows);
  }

  private Manifest manifest(
      PhaseContext context,
      Instant from,
      SchemaShape shape,
      List<FileEntry> files,
      List<TableEntry> tables) {
    PhaseCommand command = context.command();
    return new Manifest(
        Manifest.FORMAT,
        Manifest.COPY,
        command.getCluster(),
        command.getUpgrade(),
        command.getAttempt(),
        from.toString(),
        Duration.between(from, context.clock().instant()).toMillis(),
        shape.serverVersion(),
        datastore.database(),
        datastore.schema(),
        files,
        tables);
  }
}
