package io.changeover.migrator.preflight;

import io.changeover.inventory.Fence;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.worker.kong.KongTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// All checks that ask the database.
public final class DatabaseQuestions {

  /// A transaction of this age is not over in a moment.
  private static final Duration OLD = Duration.ofSeconds(60);

  private DatabaseQuestions() {}

  /// One list, for one cluster.
  public static List<SqlCheck> of(PostgresDatastore datastore, KongTarget green) {
    return List.of(server(datastore, green), new ActivityChecks(OLD), new ContentChecks());
  }

  /// Who may log in to the database as blue.
  ///
  /// @param version of blue
  /// @param conflict what keeps the fence's role from being blue's alone
  public static SqlCheck fence(
      PostgresDatastore datastore,
      KongTarget blue,
      Fence fence,
      String version,
      Optional<String> conflict) {
    return new FenceChecks(
        version,
        fence.role(version),
        fence.user().orElse(datastore.user()),
        conflict,
        Settings.of(blue).value("pg_user", "kong"));
  }

  /// The server's age and the rights of whoever migrates.
  public static SqlCheck server(PostgresDatastore datastore, KongTarget green) {
    return new DatabaseChecks(
        datastore, Settings.of(green).value("pg_user", "kong").orElse(datastore.user()));
  }
}
