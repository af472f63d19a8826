package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.KongVersion;
import io.changeover.inventory.Secret;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.kong.KongTarget;
import java.util.Map;

/// A side's command with what `kong config` needs beside that side's own settings.
final class KongYmlTarget {

  /// Where the side's settings say nothing else: an import at ONE loses the workspace on a replica
  /// that lags, an export at ONE what that replica has not got, and 5 s is short for a busy node.
  private static final Map<String, String> USUAL =
      Map.of(
          "KONG_CASSANDRA_READ_CONSISTENCY", "QUORUM",
          "KONG_CASSANDRA_WRITE_CONSISTENCY", "QUORUM",
          "KONG_CASSANDRA_TIMEOUT", "60000");

  private KongYmlTarget() {}

  /// Green's command, held to green's keyspace whatever a configuration file says.
  static KongTarget green(PhaseContext context, Keyspace target, KongVersion version) {
    return held(KongTarget.of(version).withPlugins(context.command().getPlugins()), target);
  }

  /// Blue's command, held to blue's keyspace likewise.
  static KongTarget blue(Keyspace source, KongVersion version) {
    return held(KongTarget.of(version), source);
  }

  private static KongTarget held(KongTarget own, Keyspace keyspace) {
    KongTarget kong = own;
    for (Map.Entry<String, String> setting : USUAL.entrySet()) {
      if (!kong.environment().containsKey(setting.getKey())) {
        kong = kong.with(setting.getKey(), Secret.of(setting.getValue()));
      }
    }
    return kong.with("KONG_DATABASE", Secret.of("cassandra"))
        .with("KONG_CASSANDRA_KEYSPACE", Secret.of(keyspace.name()));
  }
}
