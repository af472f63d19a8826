package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.Declared;
import io.changeover.sandbox.kong.Entities;
import io.changeover.sandbox.kong.KongException;
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
    for (Map<String, @Nullable Object> row : entities(store, settings, profile).all("plugins")) {
      String name = Rows.text(row, "name");
      if (!enabled.contains(name)) {
        String line = profile.uniqueTargets() ? "init.lua:447: " : "init.lua:463: ";
        throw failure(line + name + " plugin is in use but not enabled");
      }
    }
  }

  private static Entities entities(Store store, KongSettings settings, Profile profile)
      throws StartFailure {
    if (store.declared().isEmpty()) {
      return store.entities();
    }
    try {
      return store.entities();
    } catch (KongException e) {
      throw badFile(settings, profile, e);
    }
  }

  /// Reads the declarative file of a node without a database again, as a reload does; elsewhere
  /// nothing.
  static void reread(Store store, KongSettings settings, Profile profile) throws StartFailure {
    try {
      store.declared().ifPresent(Declared::reread);
    } catch (KongException e) {
      throw badFile(settings, profile, e);
    }
  }

  private static StartFailure badFile(KongSettings settings, Profile profile, KongException e) {
    String line = profile.uniqueTargets() ? "init.lua:474: " : "init.lua:490: ";
    return failure(
        line
            + "error parsing declarative config file "
            + settings.get("declarative_config")
            + ":\n"
            + String.valueOf(e.getMessage()).replace("Failed parsing:\n", ""));
  }

  private static StartFailure failure(String words) {
    return new StartFailure("[error] init_by_lua error: " + SOURCES + words);
  }
}
