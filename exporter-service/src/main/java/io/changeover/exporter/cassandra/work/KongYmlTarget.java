package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.KongVersion;
import io.changeover.inventory.Secret;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.kong.KongTarget;
import java.util.Map;

/// Green's command with what an import needs beside green's own settings.
final class KongYmlTarget {

  /// Where green's settings say nothing else: reads and writes at ONE lose the workspace on a
  /// replica that lags, and 5 s is short for a node that is filled.
  private static final Map<String, String> USUAL =
      Map.of(
          "KONG_CASSANDRA_READ_CONSISTENCY", "QUORUM",
          "KONG_CASSANDRA_WRITE_CONSISTENCY", "QUORUM",
          "KONG_CASSANDRA_TIMEOUT", "60000");

  private KongYmlTarget() {}

  /// The command, held to green's keyspace whatever a configuration file says.
  static KongTarget green(PhaseContext context, Keyspace target, KongVersion version) {
    KongTarget kong = KongTarget.of(version).withPlugins(context.command().getPlugins());
    for (Map.Entry<String, String> setting : USUAL.entrySet()) {
      if (!kong.environment().containsKey(setting.getKey())) {
        kong = kong.with(setting.getKey(), Secret.of(setting.getValue()));
      }
    }
    return kong.with("KONG_DATABASE", Secret.of("cassandra"))
        .with("KONG_CASSANDRA_KEYSPACE", Secret.of(target.name()));
  }
}
