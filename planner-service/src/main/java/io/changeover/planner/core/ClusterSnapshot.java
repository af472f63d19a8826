package io.changeover.planner.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the inventory says of a cluster at the moment an upgrade is asked for. Names only, no
/// secrets.
///
/// @param rules by which an upgrade of it is planned, see [#RULES]
/// @param adminBackend whether the router fronts the Admin APIs
/// @param way how rows travel where the procedure copies a keyspace, [#SAME_KEYSPACE] where both
///   versions share one of Cassandra, else null
/// @param deadlines per action word, the planner's own where absent
/// @param soakAnalysis what to measure while soaking, null for nothing
public record ClusterSnapshot(
    int rules,
    String name,
    Topology topology,
    boolean adminBackend,
    String procedure,
    @Nullable String way,
    String serving,
    List<Version> versions,
    String backup,
    List<Shift> steps,
    Duration soak,
    @Nullable Analysis soakAnalysis,
    List<GateBefore> gates,
    List<HookBefore> hooks,
    Map<String, Duration> deadlines,
    Patience patience) {
  /// The rules of today. A journal of release 2 or before says 2 and is decided again as it was:
  /// one hop, one topology. One that says 3 knows no labels of versions, and goes from one edition
  /// to the other both ways.
  public static final int RULES = 4;

  private static final int HOPS = 3;
  private static final int LABELS = 4;
  private static final int EDITIONS = 4;

  /// The [#way] where none is needed since nothing travels, and the acknowledgement that goes with
  /// it. Views of release 3 and before did not say it.
  public static final String SAME_KEYSPACE = "same-keyspace";

  public ClusterSnapshot {
    versions = List.copyOf(versions);
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
    hooks = List.copyOf(hooks);
    deadlines = Map.copyOf(deadlines);
  }

  /// One version that the inventory describes.
  ///
  /// @param controlPlanes in a hybrid cluster, those of the nodes that are control planes
  /// @param dataPlanes in a hybrid cluster, those of the nodes that are data planes
  /// @param provision runbook that starts its nodes, null where the suite does
  /// @param decommission runbook that stops its nodes, null where the suite does
  public record Version(
      String version,
      Edition edition,
      List<String> nodes,
      List<String> controlPlanes,
      List<String> dataPlanes,
      @Nullable String provision,
      @Nullable String decommission) {
    public Version {
      nodes = List.copyOf(nodes);
      controlPlanes = List.copyOf(controlPlanes);
      dataPlanes = List.copyOf(dataPlanes);
    }
  }

  /// A gate and the phase it stands before.
  public record GateBefore(String name, String before, @Nullable Duration deadline) {}

  /// A runbook and the phase it runs before.
  public record HookBefore(String runbook, String before, Duration deadline) {}

  /// Whether its upgrades may have several hops and every topology.
  boolean knowsHops() {
    return rules >= HOPS;
  }

  /// Whether no hop of its upgrades leads from Enterprise to Community.
  boolean keepsEnterprise() {
    return rules >= EDITIONS;
  }

  /// Whether one version of Kong may stand there twice, see [KongVersion].
  boolean knowsLabels() {
    return rules >= LABELS;
  }

  Optional<Version> version(String wanted) {
    return versions.stream().filter(version -> version.version().equals(wanted)).findFirst();
  }
}
