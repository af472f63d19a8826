package io.changeover.worker.postgres;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How a schema is dumped by PostgreSQL's `pg_dump`, in its custom format, to its standard output.
public final class PgDump {

  private PgDump() {}

  /// The command line.
  ///
  /// @param command argv prefix of `pg_dump`
  /// @param snapshot the exported snapshot that it joins
  public static List<String> argv(
      List<String> command, PostgresDatastore datastore, String snapshot) {
    List<String> argv = new ArrayList<>(command);
    argv.addAll(
        List.of(
            "--format=custom",
            "--no-password",
            "--host=" + datastore.host(),
            "--port=" + datastore.port(),
            "--username=" + datastore.user(),
            "--dbname=" + datastore.database(),
            "--schema=\"" + datastore.schema().replace("\"", "\"\"") + '"',
            "--snapshot=" + snapshot,
            "--lock-wait-timeout=30000"));
    return argv;
  }

  /// What it gets on top of the environment that it inherits.
  public static Map<String, Secret> environment(PostgresDatastore datastore) {
    return Map.of("PGPASSWORD", datastore.password(), "PGSSLMODE", Secret.of(datastore.sslMode()));
  }
}
