package io.changeover.sandbox.kong;

import java.time.Duration;
import java.util.List;
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
      case "off" -> new OffStore(profile, settings);
      default ->
          throw new KongException(
              "the stand-in has no store for database = " + settings.database() + " yet");
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

  @Override
  void close();
}
