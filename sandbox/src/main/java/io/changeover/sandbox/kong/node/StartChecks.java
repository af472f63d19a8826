package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.SchemaState;
import io.changeover.sandbox.kong.Store;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What nginx's start-up code in Kong checks. Pending migrations are fine, and so is a schema newer
/// than the node: Kong does not refuse either.
final class StartChecks {

  private static final String SOURCES = "/usr/local/share/lua/5.1/kong/";

  private StartChecks() {}

  static void check(Store store, KongSettings settings, Profile profile) throws StartFailure {
    SchemaState state = store.schemaState();
    if (state.needsBootstrap()) {
      throw failure(
          "cmd/utils/migrations.lua:16: Database needs bootstrapping or is older than Kong 1.0.");
    }
    if (state.hasNew()) {
      throw failure(
          "cmd/utils/migrations.lua:20: New migrations available; run 'kong migrations up' to proceed");
    }
    List<String> enabled = settings.plugins();
    for (Map<String, @Nullable Object> row : store.entities().all("plugins")) {
      String name = Rows.text(row, "name");
      if (!enabled.contains(name)) {
        String line = profile.uniqueTargets() ? "init.lua:447: " : "init.lua:463: ";
        throw failure(line + name + " plugin is in use but not enabled");
      }
    }
  }

  private static StartFailure failure(String words) {
    return new StartFailure("[error] init_by_lua error: " + SOURCES + words);
  }
}
