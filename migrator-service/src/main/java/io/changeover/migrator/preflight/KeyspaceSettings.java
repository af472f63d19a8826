package io.changeover.migrator.preflight;

import io.changeover.inventory.CassandraStore;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/// Does a side's command talk to the keyspace that the inventory names, and only to that?
public final class KeyspaceSettings {

  private final String side;
  private final Settings settings;
  private final Findings findings;

  private KeyspaceSettings(String side, Settings settings, Findings findings) {
    this.side = side;
    this.settings = settings;
    this.findings = findings;
  }

  /// Compares the settings of one side with its store.
  ///
  /// @param side `blue` or `green`
  public static void side(String side, KongTarget target, CassandraStore store, Findings findings) {
    KeyspaceSettings checks = new KeyspaceSettings(side, Settings.of(target), findings);
    SettingsChecks.exactly(side, checks.settings, "database", "postgres", "cassandra", findings);
    SettingsChecks.exactly(
        side, checks.settings, "cassandra_keyspace", "kong", store.keyspace(), findings);
    checks.contactPoints(store);
    SettingsChecks.perhaps(
        side, checks.settings, "cassandra_port", "9042", Integer.toString(store.port()), findings);
    checks.balancing(store);
    SettingsChecks.carried(side, target, findings);
  }

  /// What a copy must never do: let green write where blue reads.
  public static void apart(
      KongTarget green, CassandraStore blue, CassandraStore own, Findings findings) {
    Optional<String> named = Settings.of(green).value("cassandra_keyspace", "kong");
    if (own.contactPoints().equals(blue.contactPoints())
        && named.equals(Optional.of(blue.keyspace()))) {
      findings.blocker(
          "green.blues-keyspace",
          "green's configuration names blue's keyspace " + blue.keyspace(),
          "cassandra_keyspace of green is " + blue.keyspace(),
          "set KONG_CASSANDRA_KEYSPACE of the new version to " + own.keyspace());
    }
  }

  /// The nodes' reads and writes: at ONE, workspaces were lost on lagging replicas.
  public static void consistency(KongTarget blue, KongTarget green, Findings findings) {
    for (String name : new String[] {"cassandra_read_consistency", "cassandra_write_consistency"}) {
      Optional<String> old = Settings.of(blue).value(name, "ONE");
      Optional<String> now = Settings.of(green).value(name, "ONE");
      if (old.isPresent() && now.isPresent() && !old.equals(now)) {
        findings.warning(
            "green.other-consistency",
            "green reads or writes with another consistency than blue",
            name + ": blue " + old.orElseThrow() + ", green " + now.orElseThrow(),
            "let both be the same, unless that is meant");
      }
    }
  }

  private void contactPoints(CassandraStore store) {
    Optional<String> found = settings.value("cassandra_contact_points", "127.0.0.1");
    TreeSet<String> wanted = new TreeSet<>(store.contactPoints());
    found.ifPresent(
        text -> {
          TreeSet<String> named = new TreeSet<>();
          Arrays.stream(text.split(",")).map(String::strip).forEach(named::add);
          if (!named.equals(wanted)) {
            findings.warning(
                side + ".other-address",
                side + " reaches Cassandra under other addresses",
                "cassandra_contact_points is "
                    + named
                    + ", the inventory's datastore says "
                    + wanted,
                "make sure that both lead to the same cluster; the migration state is compared"
                    + " through both");
          }
        });
  }

  /// A policy that knows data centres serves from the one it is told, or not at all.
  private void balancing(CassandraStore store) {
    Optional<String> policy = settings.value("cassandra_lb_policy", "RequestRoundRobin");
    if (policy.isEmpty() || !policy.orElseThrow().contains("DCAware")) {
      return;
    }
    Optional<String> local = settings.value("cassandra_local_datacenter", "");
    if (local.isPresent() && !local.orElseThrow().equals(store.localDatacenter())) {
      findings.blocker(
          side + ".other-datacenter",
          side + " balances over another data centre",
          "cassandra_lb_policy "
              + policy.orElseThrow()
              + ", cassandra_local_datacenter `"
              + local.orElseThrow()
              + "`, the inventory's datastore says "
              + store.localDatacenter(),
          "let both name the same data centre");
    }
  }
}
