package io.changeover.exporter.backup;

import io.changeover.exporter.backup.Manifest.FileEntry;
import io.changeover.exporter.catalog.Quoted;
import io.changeover.exporter.kongyml.Entity;
import io.changeover.exporter.kongyml.KongEntities;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.exporter.kongyml.KongYmlManifest;
import io.changeover.exporter.kongyml.KongYmlWriter;
import io.changeover.exporter.kongyml.Losses;
import io.changeover.worker.PhaseContext;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A `kong.yml` beside a backup, of the same snapshot: a file that people and Kong's own tools
/// read. It is never the backup itself, since it loses what [Losses] names.
final class KongYmlExtra {

  private static final int ROWS_PER_CHECK = 1_000;

  /// What is written beside a backup.
  @FunctionalInterface
  interface Choice {
    /// Nothing.
    Choice NONE = (_, _, _) -> List.of();

    /// Writes it into the backup's folder, from its snapshot.
    List<FileEntry> write(Connection connection, Path folder, PhaseContext context)
        throws IOException, SQLException, InterruptedException;
  }

  private final String cluster;
  private final String schema;
  private final Losses losses = new Losses();
  private long rows;

  KongYmlExtra(String cluster, String schema) {
    this.cluster = cluster;
    this.schema = schema;
  }

  /// Writes the file and its manifest into a backup's folder.
  ///
  /// @param connection in the backup's snapshot
  List<FileEntry> write(Connection connection, Path folder, PhaseContext context)
      throws IOException, SQLException, InterruptedException {
    Optional<String> home = home(connection);
    List<SQLException> failures = new ArrayList<>();
    KongYmlFile.Written written =
        KongYmlFile.write(
            folder,
            writer -> {
              try {
                entities(connection, home, writer, context);
              } catch (SQLException e) {
                failures.add(e);
              }
            });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    Map<String, Long> counts = written.entities();
    long before = count(connection, "targets");
    long after = counts.getOrDefault("targets", 0L);
    losses.add(Losses.Kind.OLDER_TARGETS, before - after);
    losses.add(Losses.Kind.WORKSPACES, Math.max(0, count(connection, "workspaces") - 1));
    uncarried(connection);
    KongYmlFile file =
        KongYmlFile.complete(
            folder,
            new KongYmlManifest(
                KongYmlManifest.FORMAT,
                cluster,
                "changeover",
                written.sha256(),
                written.bytes(),
                counts,
                home.orElse(""),
                losses.counts(),
                losses.names(),
                List.of(),
                before,
                after,
                0,
                Map.of()));
    return List.of(
        BackupFolder.entry(file.path()), BackupFolder.entry(KongYmlFile.manifestIn(folder)));
  }

  private void entities(
      Connection connection, Optional<String> home, KongYmlWriter writer, PhaseContext context)
      throws SQLException, IOException {
    for (Entity entity : KongEntities.ALL) {
      Set<String> columns = columns(connection, entity.name());
      if (!columns.isEmpty()) {
        new KongYmlRows(entity, schema, columns)
            .read(connection, home, row -> item(entity, row, writer, context));
      }
    }
  }

  private void item(Entity entity, KongYmlRows.Row row, KongYmlWriter writer, PhaseContext context)
      throws IOException {
    if (rows++ % ROWS_PER_CHECK == 0) {
      context.ensureCurrent();
    }
    writer.item(entity, row.values());
    if (row.ending()) {
      losses.add(Losses.Kind.PERMANENT, 1);
    }
    if (row.fraction()) {
      losses.add(Losses.Kind.FRACTIONS, 1);
    }
    if (row.flattened()) {
      losses.add(Losses.Kind.FLATTENED, 1);
    }
  }

  private Optional<String> home(Connection connection) throws SQLException {
    if (!columns(connection, "workspaces").contains("name")) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id::text FROM " + name("workspaces") + " WHERE name = 'default'")) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  private String name(String table) {
    return Quoted.name(schema) + "." + Quoted.name(table);
  }

  private Set<String> columns(Connection connection, String table) throws SQLException {
    Set<String> columns = new HashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?")) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.add(row.getString(1));
        }
      }
    }
    return columns;
  }

  private long count(Connection connection, String table) throws SQLException {
    if (columns(connection, table).isEmpty()) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + name(table))) {
      row.next();
      return row.getLong(1);
    }
  }

  private void uncarried(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT tablename FROM pg_tables WHERE schemaname = ?")) {
      query.setString(1, schema);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
    }
    for (String table : tables) {
      if (KongEntities.named(table).isEmpty() && !KongEntities.HOUSEKEEPING.contains(table)) {
        long count = count(connection, table);
        if (count > 0) {
          losses.add(Losses.Kind.TABLES, table, count);
        }
      }
    }
  }
}
