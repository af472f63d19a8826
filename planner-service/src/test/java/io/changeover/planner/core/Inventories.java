package io.changeover.planner.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Clusters as an inventory would describe them, and the requests that start them.
final class Inventories {
  static final Patience PATIENCE =
      new Patience(3, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));
  static final Duration SOAK = Duration.ofMinutes(10);
  static final Analysis ANALYSIS =
      new Analysis(
          Duration.ofSeconds(5),
          3,
          100,
          List.of(new Metric("success-rate", "result >= 0.99", "", 0, 4, 2)));

  private Inventories() {}

  /// What a test seldom changes.
  record Setting(int rules, Topology topology, boolean adminBackend, String serving) {
    static final Setting USUAL =
        new Setting(ClusterSnapshot.RULES, Topology.TRADITIONAL, true, "2.1.4");

    Setting of(Topology other) {
      return new Setting(rules, other, adminBackend, serving);
    }

    Setting serving(String other) {
      return new Setting(rules, topology, adminBackend, other);
    }

    Setting rules(int other) {
      return new Setting(other, topology, adminBackend, serving);
    }
  }

  /// What a test changes of the usual cluster.
  record Draft(
      String procedure,
      @Nullable String way,
      List<ClusterSnapshot.Version> versions,
      String backup,
      List<Shift> steps,
      Duration soak,
      List<ClusterSnapshot.GateBefore> gates,
      List<ClusterSnapshot.HookBefore> hooks,
      Map<String, Duration> deadlines,
      Patience patience,
      Setting setting) {

    ClusterSnapshot snapshot() {
      return new ClusterSnapshot(
          setting.rules(),
          "payments-eu",
          setting.topology(),
          setting.adminBackend(),
          procedure,
          way,
          setting.serving(),
          versions,
          backup,
          steps,
          soak,
          ANALYSIS,
          gates,
          hooks,
          deadlines,
          patience);
    }

    Draft setting(Setting other) {
      return new Draft(
          procedure, way, versions, backup, steps, soak, gates, hooks, deadlines, patience, other);
    }

    Draft procedure(String other) {
      return by(other, way);
    }

    Draft by(String otherProcedure, @Nullable String otherWay) {
      return new Draft(
          otherProcedure,
          otherWay,
          versions,
          backup,
          steps,
          soak,
          gates,
          hooks,
          deadlines,
          patience,
          setting);
    }

    /// On Cassandra, with the gate where the inventory puts it.
    Draft copying(Way other) {
      return by("keyspace-copy", other.word())
          .gates(gate("confirm", "drain-blue", Duration.ofHours(24)));
    }

    Draft versions(ClusterSnapshot.Version... others) {
      return new Draft(
          procedure,
          way,
          List.of(others),
          backup,
          steps,
          soak,
          gates,
          hooks,
          deadlines,
          patience,
          setting);
    }

    Draft backup(String other) {
      return new Draft(
          procedure, way, versions, other, steps, soak, gates, hooks, deadlines, patience, setting);
    }

    Draft weights(Integer... weights) {
      List<Shift> shifts =
          List.of(weights).stream().map(w -> new Shift(w, Duration.ofSeconds(10), null)).toList();
      return new Draft(
          procedure, way, versions, backup, shifts, soak, gates, hooks, deadlines, patience,
          setting);
    }

    Draft soak(Duration other) {
      return new Draft(
          procedure, way, versions, backup, steps, other, gates, hooks, deadlines, patience,
          setting);
    }

    Draft ungated() {
      return gates(new ClusterSnapshot.GateBefore[0]);
    }

    Draft gates(ClusterSnapshot.GateBefore... others) {
      return new Draft(
          procedure,
          way,
          versions,
          backup,
          steps,
          soak,
          List.of(others),
          hooks,
          deadlines,
          patience,
          setting);
    }

    Draft hooks(ClusterSnapshot.HookBefore... others) {
      return new Draft(
          procedure,
          way,
          versions,
          backup,
          steps,
          soak,
          gates,
          List.of(others),
          deadlines,
          patience,
          setting);
    }

    Draft deadline(String action, Duration deadline) {
      return new Draft(
          procedure,
          way,
          versions,
          backup,
          steps,
          soak,
          gates,
          hooks,
          Map.of(action, deadline),
          patience,
          setting);
    }

    Draft patience(Patience other) {
      return new Draft(
          procedure, way, versions, backup, steps, soak, gates, hooks, deadlines, other, setting);
    }
  }

  static Draft usual() {
    return new Draft(
        "shared-datastore",
        null,
        List.of(version("2.1.4"), version("2.2.2")),
        "copy",
        List.of(
            new Shift(25, Duration.ofSeconds(10), ANALYSIS), new Shift(100, Duration.ZERO, null)),
        SOAK,
        List.of(gate("confirm", "migrate-finish", Duration.ofHours(24))),
        List.of(),
        Map.of(),
        PATIENCE,
        Setting.USUAL);
  }

  static ClusterSnapshot cluster() {
    return usual().snapshot();
  }

  static ClusterSnapshot.Version version(String version) {
    return new ClusterSnapshot.Version(
        version, Edition.ENTERPRISE, List.of("node-1", "node-2"), List.of(), List.of(), null, null);
  }

  static ClusterSnapshot.GateBefore gate(String name, String before, @Nullable Duration deadline) {
    return new ClusterSnapshot.GateBefore(name, before, deadline);
  }

  static ClusterSnapshot.HookBefore hook(String runbook, String before) {
    return new ClusterSnapshot.HookBefore(runbook, before, Duration.ofHours(1));
  }

  /// The parts of a start that tests change.
  record Ask(
      String to,
      @Nullable String from,
      List<String> acknowledgements,
      List<String> plugins,
      @Nullable ClusterSnapshot snapshot,
      @Nullable UpgradeId running) {
    Ask to(String other) {
      return new Ask(other, from, acknowledgements, plugins, snapshot, running);
    }

    Ask from(String other) {
      return new Ask(to, other, acknowledgements, plugins, snapshot, running);
    }

    Ask acknowledging(String... words) {
      return new Ask(to, from, List.of(words), plugins, snapshot, running);
    }

    Ask adding(String... names) {
      return new Ask(to, from, acknowledgements, List.of(names), snapshot, running);
    }

    Ask of(@Nullable ClusterSnapshot other) {
      return new Ask(to, from, acknowledgements, plugins, other, running);
    }

    Ask whileRunning(String other) {
      return new Ask(to, from, acknowledgements, plugins, snapshot, new UpgradeId(other));
    }
  }

  static Request.Start start(UnaryOperator<Ask> change) {
    Ask ask = change.apply(new Ask("2.2.2", null, List.of(), List.of("session"), cluster(), null));
    return new Request.Start(
        "r-start",
        Journey.T0,
        1,
        Journey.UPGRADE,
        Journey.CLUSTER,
        "ann",
        "because",
        ask.to(),
        ask.from(),
        ask.acknowledgements(),
        ask.plugins(),
        ask.snapshot(),
        ask.running());
  }

  static Request.Start startOf(UnaryOperator<Draft> change) {
    return start(ask -> ask.of(change.apply(usual()).snapshot()));
  }

  static Request.Install install(Setting setting) {
    return new Request.Install(
        "r-install",
        Journey.T0,
        1,
        Journey.UPGRADE,
        Journey.CLUSTER,
        "ann",
        "",
        null,
        List.of(),
        List.of(),
        usual().setting(setting).snapshot(),
        null);
  }

  /// From 1.5 over 2.1 to 2.2, as one upgrade.
  static Request.Start hops() {
    Draft draft =
        usual()
            .versions(version("1.5.0.11"), version("2.1.4"), version("2.2.2"))
            .setting(Setting.USUAL.serving("1.5.0.11"));
    return start(ask -> ask.acknowledging("downtime:1.5-2.1").of(draft.snapshot()));
  }

  static Request.Start hybrid() {
    return startOf(draft -> draft.setting(Setting.USUAL.of(Topology.HYBRID)));
  }

  static Request.Start dbLess() {
    return startOf(draft -> draft.procedure("db-less").setting(Setting.USUAL.of(Topology.DB_LESS)));
  }

  /// 2.2.2 gets a plugin, on other nodes of the same version.
  static Request.Start plugin(UnaryOperator<Draft> change) {
    Draft draft =
        usual()
            .versions(version("2.1.4"), version("2.2.2"), version("2.2.2+oauth2"))
            .setting(Setting.USUAL.serving("2.2.2"));
    return start(ask -> ask.to("2.2.2+oauth2").adding("oauth2").of(change.apply(draft).snapshot()));
  }

  /// From Community to Enterprise, and on to 2.2.
  static Request.Start community() {
    return startOf(
        draft ->
            draft.versions(
                new ClusterSnapshot.Version(
                    "2.1.4", Edition.COMMUNITY, List.of("n"), List.of(), List.of(), null, null),
                version("2.1.4.0"),
                version("2.2.2")));
  }
}
