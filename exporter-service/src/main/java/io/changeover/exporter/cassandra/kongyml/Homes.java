package io.changeover.exporter.cassandra.kongyml;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.preflight.TargetRows;
import io.changeover.exporter.cassandra.store.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The workspaces `default` of both sides. Kong imports everything into the target's, which gets
/// the id of the source's before: so names, cache keys and ids stay comparable.
public final class Homes {

  private static final String COLUMNS = "id, name, comment, created_at, meta, config";

  private Homes() {}

  /// What was found of a side's workspaces `default`.
  public sealed interface Home {
    /// There is one.
    record One(UUID id) implements Home {}

    /// There is none, or there are several.
    record Wrong(Problem problem) implements Home {}
  }

  /// The one workspace `default`.
  public static Home of(Keyspace side) {
    List<UUID> found = defaults(side);
    return found.size() == 1
        ? new Home.One(found.getFirst())
        : new Home.Wrong(
            new Problem(
                "The keyspace %s has %d workspaces named default"
                    .formatted(side.name(), found.size()),
                "exactly one",
                "repair it: Kong 2.1 finds nothing without it, and an interrupted `finish` may leave several"));
  }

  private static List<UUID> defaults(Keyspace side) {
    List<UUID> found = new ArrayList<>();
    for (Row row :
        side.session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT id, name FROM " + side.qualified("workspaces")))) {
      if ("default".equals(row.getString(1))) {
        found.add(Objects.requireNonNull(row.getUuid(0)));
      }
    }
    return found;
  }

  static long others(Keyspace side, UUID home) {
    return TargetRows.workspaceIds(side).stream().filter(id -> !id.equals(home)).count();
  }

  /// Gives the target the source's workspace `default` in place of the random one of its bootstrap.
  /// A second call finds nothing to do.
  ///
  /// @param home its id
  public static void adopt(CopyJob job, UUID home) {
    Row row =
        job.source()
            .session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT %s FROM %s WHERE id = ?"
                        .formatted(COLUMNS, job.source().qualified("workspaces")),
                    home))
            .one();
    if (row == null) {
      throw new IllegalStateException(
          "Expected the workspace " + home + " of " + job.source().name() + ", but it is gone");
    }
    PreparedStatement insert =
        job.target()
            .session()
            .prepare(
                "INSERT INTO %s (%s) VALUES (?, ?, ?, ?, ?, ?)"
                    .formatted(job.target().qualified("workspaces"), COLUMNS));
    var bound = insert.boundStatementBuilder();
    for (int i = 0; i < row.getColumnDefinitions().size(); i++) {
      bound = bound.setBytesUnsafe(i, row.getBytesUnsafe(i));
    }
    job.target().session().execute(bound.build());
    TargetRows.replaceDefaultWorkspace(job.target(), Set.of(home));
  }

  /// Whether the target has the source's workspace `default` and no other; empty when it has.
  public static Optional<Problem> adopted(Keyspace target, UUID home) {
    Set<UUID> ids = TargetRows.workspaceIds(target);
    return ids.equals(Set.of(home))
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "The keyspace %s has the workspaces %s".formatted(target.name(), ids),
                "the workspace %s of blue's default alone".formatted(home),
                "find out who made them, then retry from the phase import"));
  }
}
