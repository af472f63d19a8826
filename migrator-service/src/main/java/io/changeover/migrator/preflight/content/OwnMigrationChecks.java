package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plugins with migrations of their own, which a `kong migrations` that is not told of them neither
/// lists nor runs.
///
/// @param bundled plugins that come with Kong
/// @param green the plugins that green's command is told of; empty where that can't be seen
public record OwnMigrationChecks(
    Release from, Release to, Set<String> bundled, Optional<Set<String>> green)
    implements ContentCheck {

  private static final Release FIRST = new Release(2, 1, 0);
  private static final String TABLE = "schema_meta";
  private static final List<String> COLUMNS = List.of("subsystem", "last_executed");

  public OwnMigrationChecks {
    bundled = Set.copyOf(bundled);
  }

  @Override
  public String name() {
    return "migrations of plugins of your own";
  }

  @Override
  public <X extends Exception> void look(Content<X> content, Findings findings) throws X {
    if (!content.has(TABLE, "last_executed")) {
      return;
    }
    for (JsonNode row : content.rows(TABLE, COLUMNS, this::own)) {
      tell(Rows.text(row, "subsystem"), Rows.text(row, "last_executed"), findings);
    }
  }

  /// Enterprise keeps what it adds under `enterprise` and `enterprise.PLUGIN`.
  private boolean own(JsonNode row) {
    String name = Rows.text(row, "subsystem");
    return !name.equals("core")
        && !name.equals("enterprise")
        && !name.startsWith("enterprise.")
        && !bundled.contains(name);
  }

  private void tell(String plugin, String last, Findings findings) {
    String evidence = "SELECT subsystem, last_executed FROM schema_meta: " + plugin + ", " + last;
    if (from.compareTo(FIRST) < 0 && to.compareTo(FIRST) >= 0) {
      findings.warning(
          "plugins.own-entities",
          "the plugin " + plugin + " has tables of its own, and 2.1 brings workspaces",
          evidence,
          "its version for 2.1 needs a migration that gives its entities a workspace, and no `run_on`");
    }
    if (green.isEmpty()) {
      return;
    }
    if (green.orElseThrow().contains(plugin)) {
      findings.fact(
          "plugins.own-migrations",
          "green runs the migrations of the plugin " + plugin + " too",
          evidence + "; plugins of green: " + green.orElseThrow());
    } else {
      findings.warning(
          "plugins.own-migrations",
          "green's command is not told of the plugin "
              + plugin
              + ": its migrations are neither listed nor run",
          evidence + "; plugins of green: " + green.orElseThrow(),
          "add it to KONG_PLUGINS of the new version, and its migrations to lua_package_path"
              + " (`?/init.lua`); nothing where it is not used any more");
    }
  }
}
