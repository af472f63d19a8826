package io.changeover.exporter.backup;

import io.changeover.exporter.backup.Manifest.FileEntry;
import io.changeover.exporter.backup.Manifest.TableEntry;
import io.changeover.exporter.catalog.Quoted;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.messages.PhaseCommand;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.postgres.PgDump;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Saves a schema with PostgreSQL's `pg_dump`, custom format, through its standard output, so that
/// it may run elsewhere (`docker exec -e PGPASSWORD … pg_dump`). It joins a snapshot of ours, in
/// which the rows are counted.
final class PgDumpBackup implements BackupMethod {

  private static final String DUMP = "database.dump";
  private static final String WORDS = "pg_dump.log";
  private static final int MOST_WORDS = 2_000;
  private static final Duration PROMPT_END = Duration.ofSeconds(10);

  private final PostgresDatastore datastore;
  private final List<String> command;
  private final KongYmlExtra.Choice kongYml;

  /// @param command argv prefix of `pg_dump`
  /// @param kongYml what to write beside the dump
  PgDumpBackup(PostgresDatastore datastore, List<String> command, KongYmlExtra.Choice kongYml) {
    this.datastore = datastore;
    this.command = List.copyOf(command);
    this.kongYml = kongYml;
  }

  @Override
  public Manifest write(Path folder, PhaseContext context)
      throws IOException, SQLException, InterruptedException {
    Instant from = context.clock().instant();
    Duration most = Duration.between(from, context.deadline());
    try (Connection connection = Source.snapshot(datastore, most)) {
      String version = connection.getMetaData().getDatabaseProductVersion();
      String snapshot = exportSnapshot(connection);
      List<TableEntry> tables = count(connection);
      Path dump = Durable.file(folder.resolve(DUMP));
      run(folder, PgDump.argv(command, datastore, snapshot), Path.of("/dev/null"), dump, context);
      Durable.force(dump);
      verify(folder, dump, context);
      List<FileEntry> files = new ArrayList<>(List.of(BackupFolder.entry(dump)));
      files.addAll(kongYml.write(connection, folder, context));
      connection.rollback();
      PhaseCommand phase = context.command();
      return new Manifest(
          Manifest.FORMAT,
          Manifest.PG_DUMP,
          phase.getCluster(),
          phase.getUpgrade(),
          phase.getAttempt(),
          from.toString(),
          Duration.between(from, context.clock().instant()).toMillis(),
          version,
          datastore.database(),
          datastore.schema(),
          files,
          tables);
    }
  }

  private static String exportSnapshot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
      row.next();
      return row.getString(1);
    }
  }

  private List<TableEntry> count(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT tablename FROM pg_tables WHERE schemaname = ? ORDER BY tablename")) {
      query.setString(1, datastore.schema());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    List<TableEntry> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String name : names) {
        String table = Quoted.name(datastore.schema()) + "." + Quoted.name(name);
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + table)) {
          row.next();
          tables.add(new TableEntry(name, "", List.of(), row.getLong(1)));
        }
      }
    }
    return tables;
  }

  /// Has `pg_restore` read the table of contents, where it is installed beside a `pg_dump` of this
  /// machine.
  private void verify(Path folder, Path dump, PhaseContext context)
      throws IOException, InterruptedException {
    String beside = command.getLast().replaceFirst("pg_dump$", "pg_restore");
    boolean local = command.size() == 1 && !beside.equals(command.getLast());
    if (local && runs(beside)) {
      Path list = Durable.file(folder.resolve("contents.txt"));
      run(folder, List.of(beside, "--list"), dump, list, context);
      Files.delete(list);
    }
  }

  private static boolean runs(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(PROMPT_END.toMillis(), TimeUnit.MILLISECONDS);
      end(process);
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void run(Path folder, List<String> argv, Path in, Path out, PhaseContext context)
      throws IOException, InterruptedException {
    Path words = Durable.file(folder.resolve(WORDS));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.redirectInput(in.toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(words.toFile());
    PgDump.environment(datastore)
        .forEach((name, value) -> builder.environment().put(name, value.resolve()));
    context.ensureCurrent();
    Process process = builder.start();
    try {
      while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
        context.ensureCurrent();
      }
    } finally {
      end(process);
    }
    if (process.exitValue() != 0) {
      throw new PgDumpFailedException(
          "%s ended with exit code %d and said: %s"
              .formatted(argv.getFirst(), process.exitValue(), said(words)));
    }
    Files.delete(words);
  }

  /// It only reads, so it may be ended at any time.
  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PROMPT_END.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }

  private static String said(Path words) throws IOException {
    try (var in = Files.newInputStream(words)) {
      return new String(in.readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip();
    }
  }
}
