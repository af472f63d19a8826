package io.changeover.sandbox.kong;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The database of a Kong cluster as far as the stand-in uses one: bookkeeping of migrations, the
/// cluster's lock, and entities. One store is one connection; it may be used by several threads,
/// one at a time, and connects again by itself after a loss.
///
/// All methods throw [StoreException] when the database refuses or does not answer within the time
/// given to [#open].
public interface Store extends AutoCloseable {

  /// Connects to what the settings name.
  ///
  /// @param timeout for connecting and for each answer
  static Store open(Profile profile, KongSettings settings, Duration timeout) {
    return switch (settings.database()) {
      case "postgres" -> PostgresStore.connect(profile, settings, timeout);
      case "cassandra" -> CassandraStore.connect(profile, settings, timeout);
      case "off" -> new OffStore(profile, settings);
      default ->
          throw new IllegalArgumentException(
              "Expected postgres, cassandra or off, but got " + settings.database());
    };
  }

  /// `postgres` or `cassandra`: also how a teardown is chosen.
  String kind();

  /// As it stands in Kong's messages: `PostgreSQL`, `Cassandra`.
  String title();

  /// `database` or `keyspace`.
  String noun();

  /// The database's or keyspace's name.
  String name();

  String serverVersion();

  /// Whether the database answers now. Never throws.
  boolean reachable();

  /// What Kong says when a command that reads configuration finds no place for any.
  ///
  /// @throws StoreException when the keyspace is missing; a database that is missing was noticed by
  ///   [#open]
  default void requireSchema() {}

  /// What the profile's binary sees with the plugins that the settings enable.
  SchemaState schemaState();

  /// The raw bookkeeping, empty when there is none.
  Optional<List<SchemaRow>> schemaRows();

  /// Names of the plugins that are configured anywhere.
  Set<String> pluginsInUse();

  /// Makes the bookkeeping tables.
  void bootstrap();

  /// Drops everything, Kong's or not, as Kong does.
  void reset();

  /// What is said about [#reset] beside that it is done.
  default Optional<String> resetNote() {
    return Optional.empty();
  }

  /// A migration's failure in Kong's words.
  ///
  /// @param half `up` or `teardown`
  default StoreException failed(Migration migration, String half, String words) {
    return new StoreException(
        StoreException.Kind.OTHER,
        "[%s error] failed to run migration '%s' %s: %s"
            .formatted(title(), migration.name(), half, words),
        Map.of(),
        null);
  }

  /// Runs the first half of a migration, all of it or nothing where the store can.
  ///
  /// @param delay how much longer it should take, inside whatever protects it
  void up(String subsystem, Migration migration, Duration delay);

  /// Runs the second half.
  void teardown(String subsystem, Migration migration);

  void recordPending(String subsystem, String migration);

  void recordExecuted(String subsystem, String migration);

  /// From pending to executed.
  void recordTeardown(String subsystem, String migration);

  /// Takes the named lock unless somebody holds it.
  ///
  /// @param ttl when it is free again on its own; nothing renews it
  boolean acquireLock(String key, String owner, Duration ttl);

  /// Whether anybody holds the lock now.
  boolean lockHeld(String key);

  /// Gives the lock back if it is still this owner's.
  void releaseLock(String key, String owner);

  Entities entities();

  ClusterEvents events();

  Counters counters();

  /// The table of data planes, which Kong has since 2.2.
  ///
  /// @throws StoreException where the stand-in has none: on Cassandra hybrid mode was never
  ///   observed
  default DataPlaneRows dataPlanes() {
    throw new StoreException(
        StoreException.Kind.OTHER,
        "the stand-in keeps no data planes in " + title(),
        Map.of(),
        null);
  }

  /// The configuration as one whole, where there is no database (`database = off`).
  default Optional<Declared> declared() {
    return Optional.empty();
  }

  @Override
  void close();
}
