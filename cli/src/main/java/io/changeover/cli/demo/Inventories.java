package io.changeover.cli.demo;

/// What stagings change of what a store says of itself.
final class Inventories {
  private Inventories() {}

  /// With the gates that the planner puts there by itself.
  static KongStore.Inventory usualGates(KongStore.Inventory store) {
    return new KongStore.Inventory(
        store.cluster(),
        store.upgrade().stream().filter(line -> !line.startsWith("gates:")).toList(),
        store.admin());
  }

  /// Without a role of blue's own: with several hops no role is one side's alone.
  static KongStore.Inventory unfenced(KongStore.Inventory store) {
    return new KongStore.Inventory(
        store.cluster().stream().filter(line -> !line.startsWith("fence:")).toList(),
        store.upgrade(),
        store.admin());
  }
}
