package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.migrator.act.RingProbe;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.preflight.content.ContentCheck;
import io.changeover.migrator.preflight.content.CqlContent;
import io.changeover.migrator.preflight.content.DataPlaneChecks;
import io.changeover.migrator.preflight.content.NodePluginChecks;
import io.changeover.migrator.preflight.content.NodePlugins;
import io.changeover.migrator.preflight.content.OwnMigrationChecks;
import io.changeover.migrator.preflight.content.PluginChangeChecks;
import io.changeover.migrator.preflight.content.PortalChecks;
import io.changeover.migrator.preflight.content.SqlContent;
import io.changeover.migrator.preflight.content.WorkspaceHopChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is asked of rows on every kind of store.
///
/// @param hybrid whether data planes serve
/// @param availableOnBlue what blue's nodes say they can run
/// @param added plugins that the request brings
/// @param nodes what each node has
public record ContentQuestions(
    Build from,
    Build to,
    boolean hybrid,
    KongTarget blue,
    KongTarget green,
    Set<String> availableOnBlue,
    Set<String> added,
    List<NodePlugins> nodes) {

  /// Of PostgreSQL.
  public List<SqlCheck> inDatabase() {
    return all(false).stream().<SqlCheck>map(InDatabase::new).toList();
  }

  /// Of one keyspace of Cassandra.
  public List<CqlCheck> inKeyspace(String keyspace) {
    return all(true).stream().<CqlCheck>map(check -> new InKeyspace(check, keyspace)).toList();
  }

  private List<ContentCheck> all(boolean prefixed) {
    Set<String> bundled = PluginChecks.bundled(blue, availableOnBlue);
    Optional<Set<String>> named = PluginChecks.named(green);
    Release old = from.release();
    Release next = to.release();
    ArrayList<ContentCheck> checks = new ArrayList<>();
    if (hybrid) {
      checks.add(new DataPlaneChecks(old));
    }
    checks.add(new PluginChecks(blue, green, availableOnBlue, added));
    checks.add(new NodePluginChecks(nodes, bundled));
    checks.add(new OwnMigrationChecks(old, next, bundled, named));
    checks.add(new PluginChangeChecks(from, to, named));
    checks.add(new WorkspaceHopChecks(old, next, prefixed));
    checks.add(new PortalChecks(from, next));
    return List.copyOf(checks);
  }

  private record InDatabase(ContentCheck check) implements SqlCheck {
    @Override
    public String name() {
      return check.name();
    }

    @Override
    public void look(Connection connection, Findings findings) throws SQLException {
      check.look(new SqlContent(connection), findings);
    }
  }

  private record InKeyspace(ContentCheck check, String keyspace) implements CqlCheck {
    @Override
    public String name() {
      return check.name();
    }

    @Override
    public void look(CqlSession session, Findings findings) {
      check.look(
          new CqlContent(session, keyspace, RingProbe.catalogue(session, keyspace)), findings);
    }
  }
}
