package io.changeover.migrator.work;

import io.changeover.messages.PhaseCommand;
import io.changeover.sandbox.kong.Profile;
import io.changeover.schemas.Actions;
import io.changeover.worker.testing.FakePhaseContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A cluster that serves 2.2.2 and gets plugins which it never had.
final class LaterPlugins {

  /// Asks for the lists of ip-restriction, which `up -f` would empty.
  static final String LISTS = "SELECT config::text FROM plugins WHERE name = 'ip-restriction'";

  private LaterPlugins() {}

  /// Makes it so: the version finished, nothing of these plugins in the schema or in blue's
  /// settings, and lists of ip-restriction.
  static void come(StandIn lab, List<String> plugins) {
    lab.migrate("2.2.2", "up");
    lab.migrate("2.2.2", "finish");
    plugins.forEach(plugin -> forget(lab, plugin));
    lab.execute(
        "INSERT INTO plugins (id, name, config, enabled, cache_key, protocols, ws_id)"
            + " SELECT gen_random_uuid(), 'ip-restriction', '{\"allow\": null, \"deny\": [\"10.1.2.3\"]}',"
            + " true, 'plugins:ip-restriction:::::' || id, '{http}', id FROM workspaces");
    lab.blueVersion = "2.2.2";
    lab.greenVersion = "2.2.2+more";
    lab.plugins = plugins;
    List<String> others = new ArrayList<>(Profile.of(lab.blueVersion).plugins());
    others.removeAll(plugins);
    lab.blueMore.put("KONG_PLUGINS", String.join(",", others));
    lab.greenMore.put("KONG_PLUGINS", String.join(",", others));
  }

  /// A command for green's nodes that does not name the plugins.
  static FakePhaseContext without(StandIn lab) {
    return green(lab, command -> command.setPlugins(List.of()));
  }

  /// A command for green's nodes that does not wait for them.
  static FakePhaseContext impatient(StandIn lab) {
    return green(lab, command -> command.setDeadline(Instant.now().plusSeconds(1)));
  }

  private static FakePhaseContext green(StandIn lab, UnaryOperator<PhaseCommand.Builder> change) {
    PhaseCommand command = lab.context(Actions.START_NODES, Optional.of("green")).command();
    return FakePhaseContext.of(
        change.apply(PhaseCommand.newBuilder(command)).build(), lab.cluster());
  }

  private static void forget(StandIn lab, String plugin) {
    lab.execute("DELETE FROM schema_meta WHERE subsystem = '" + plugin + "'");
    lab.execute(
        "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE tablename LIKE '"
            + plugin
            + "\\_%' LOOP EXECUTE format('DROP TABLE %I CASCADE', t); END LOOP; END $$");
  }
}
