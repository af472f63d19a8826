package io.changeover.migrator.preflight;

import io.changeover.inventory.Fence;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.worker.kong.KongTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All checks that ask the database.
public final class DatabaseQuestions {

  /// A transaction of this age is not over in a moment.
  private static final Duration OLD = Duration.ofSeconds(60);

  private DatabaseQuestions() {}

  /// One list, for one cluster.
  ///
  /// @param conflict what keeps the fence's role from being blue's alone
  public static List<SqlCheck> of(
      PostgresDatastore datastore,
      KongTarget blue,
      KongTarget green,
      Optional<Fence> fence,
      Optional<String> conflict) {
    ArrayList<SqlCheck> checks = new ArrayList<>();
    checks.add(server(datastore, green));
    checks.add(new ActivityChecks(OLD));
    checks.add(new ContentChecks());
    fence.ifPresent(
        one ->
            checks.add(
                new FenceChecks(
                    one,
                    one.user().orElse(datastore.user()),
                    conflict,
                    Settings.of(blue).value("pg_user", "kong"))));
    return List.copyOf(checks);
  }

  /// The server's age and the rights of whoever migrates.
  public static SqlCheck server(PostgresDatastore datastore, KongTarget green) {
    return new DatabaseChecks(
        datastore, Settings.of(green).value("pg_user", "kong").orElse(datastore.user()));
  }
}
