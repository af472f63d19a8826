package io.changeover.cli.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What kind of cluster the demo builds, and so how it is upgraded. A further one is a further
/// [Staging].
public enum Scenario {
  /// One database for both versions: `shared-datastore`.
  POSTGRES,

  /// A keyspace for each version, and a copy between them: `keyspace-copy`.
  CASSANDRA,

  /// An empty database and nodes that do not run yet: `fresh-install`.
  FRESH,

  /// The same without a keyspace on Cassandra.
  FRESH_CASSANDRA,

  /// A declarative file that the nodes of both versions read: `db-less`.
  DBLESS,

  /// Control planes on one database, data planes that are sent the configuration: `hybrid`.
  HYBRID,

  /// From Community to Enterprise of the same base: `community-to-enterprise`.
  COMMUNITY,

  /// The same on a keyspace of Cassandra.
  COMMUNITY_CASSANDRA,

  /// A plugin that comes to 2.2.2 later, with other nodes of it: `shared-datastore`.
  PLUGIN,

  /// From 1.3 over 1.5 and 2.1 to 2.2, with the one time without service that this needs.
  PATH;

  /// @param way how a new keyspace is filled, where there is one
  Staging staging(CopyWay way) {
    return switch (this) {
      case POSTGRES -> new SharedPostgres();
      case CASSANDRA -> new CopiedKeyspace(way);
      case FRESH -> new FirstInstallOnPostgres();
      case FRESH_CASSANDRA -> new FirstInstallOnCassandra();
      case DBLESS -> new WithoutDatabase();
      case HYBRID -> new HybridPostgres();
      case COMMUNITY -> new FromCommunity();
      case COMMUNITY_CASSANDRA -> new FromCommunityOnCassandra();
      case PLUGIN -> new LaterPlugin();
      case PATH -> new WholePath();
    };
  }

  /// Whether a fault may be injected.
  public boolean takesFaults() {
    return staging(CopyWay.COPY).takesFaults();
  }

  /// Its name on the command line and in reports.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The names of all, in their order.
  public static List<String> words() {
    return Arrays.stream(values()).map(Scenario::word).toList();
  }

  /// The scenario of that name, empty when there is none.
  public static Optional<Scenario> named(String word) {
    return Arrays.stream(values()).filter(scenario -> scenario.word().equals(word)).findFirst();
  }
}
