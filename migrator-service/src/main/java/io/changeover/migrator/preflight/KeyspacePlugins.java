package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.act.RingProbe;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.TreeSet;

/// The plugins in use, from a keyspace.
record KeyspacePlugins(String keyspace, PluginChecks checks) implements CqlCheck {

  @Override
  public String name() {
    return checks.name();
  }

  @Override
  public void look(CqlSession session, Findings findings) {
    TreeSet<String> used = new TreeSet<>();
    if (!RingProbe.catalogue(session, keyspace).columns("plugins").isEmpty()) {
      session
          .execute("SELECT name FROM " + Keyspaces.quoted(keyspace) + ".plugins")
          .forEach(row -> used.add(String.valueOf(row.getString(0))));
    }
    checks.judge(List.copyOf(used), findings);
  }
}
