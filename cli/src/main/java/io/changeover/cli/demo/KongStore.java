package io.changeover.cli.demo;

import io.changeover.sandbox.seed.SeedPlan;
import java.util.List;
import java.util.Map;

/// Where the demo's cluster keeps its configuration: how to make it, how its nodes reach it, and
/// what the inventory says about it.
sealed interface KongStore permits OnPostgres, OnCassandra, OnFile {
  /// Whose settings.
  enum User {
    /// The nodes that serve first.
    BLUE,
    /// The nodes that take over.
    GREEN,
    /// Whoever makes and seeds what blue serves from.
    MAKER
  }

  /// A digest of each table of blue's configuration, looked up anew at each call: equal digests,
  /// nothing lost and nothing changed.
  interface Digests {
    Map<String, String> now();
  }

  /// The settings of a version's calls and nodes; a password is in them.
  Map<String, String> environment(User user);

  /// The same with references in the place of secrets, as an inventory has them.
  Map<String, String> inventoryEnvironment(User user);

  /// What stands in the inventory about it, with the upgrade's own backup and gate.
  Inventory inventory();

  /// Makes what `kong migrations bootstrap` needs and does not make itself.
  void create();

  /// Fills what a version has bootstrapped.
  void seed(SeedPlan plan, String version);

  /// What [Digests#now] looks at is settled by this call.
  Digests digests();

  /// Parts of the inventory's text.
  ///
  /// @param cluster lines of the cluster: its procedure, its datastore
  /// @param upgrade lines of `upgrade`
  /// @param admin whether the router leads to the Admin APIs, and closes and opens them
  record Inventory(List<String> cluster, List<String> upgrade, boolean admin) {
    /// Of a cluster whose Admin APIs are behind the router.
    Inventory(List<String> cluster, List<String> upgrade) {
      this(cluster, upgrade, true);
    }
  }
}
