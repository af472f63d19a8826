package io.changeover.planner.shell;

import io.changeover.inventory.Analysis;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Condition;
import io.changeover.inventory.Datastore;
import io.changeover.inventory.Haproxy;
import io.changeover.inventory.KongVersion;
import io.changeover.inventory.Metric;
import io.changeover.inventory.NoDatastore;
import io.changeover.inventory.Node;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.Role;
import io.changeover.inventory.RunbookName;
import io.changeover.inventory.Step;
import io.changeover.inventory.UpgradePolicy;
import io.changeover.messages.ClusterView;
import io.changeover.messages.DeadlineView;
import io.changeover.messages.GateView;
import io.changeover.messages.HookView;
import io.changeover.messages.StepView;
import io.changeover.messages.VersionView;
import io.changeover.planner.core.ClusterSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an upgrade must know of its cluster, taken from the inventory: names and numbers, no
/// address, no command line, no secret.
public final class ClusterViews {
  private ClusterViews() {}

  /// The view of one cluster as the inventory says now.
  public static ClusterView of(Cluster cluster) {
    UpgradePolicy policy = cluster.upgrade();
    return ClusterView.newBuilder()
        .setName(cluster.name())
        .setProcedure(cluster.procedure().word())
        .setRules(ClusterSnapshot.RULES)
        .setTopology(cluster.topology().word())
        .setAdminBackend(adminBackend(cluster))
        .setCopyWay(way(cluster.datastore()))
        .setServing(cluster.serving())
        .setVersions(cluster.versions().values().stream().map(ClusterViews::version).toList())
        .setBackup(policy.backup().mode().word())
        .setSteps(policy.steps().stream().map(ClusterViews::step).toList())
        .setSoakMillis(policy.soak().toMillis())
        .setSoakAnalysis(policy.soakAnalysis().map(ClusterViews::analysis).orElse(null))
        .setGates(
            policy.gates().stream()
                .map(gate -> new GateView(gate.name(), gate.before(), gate.deadline().toMillis()))
                .toList())
        .setHooks(
            policy.hooks().stream()
                .map(
                    hook ->
                        new HookView(
                            hook.runbook().value(), hook.before(), hook.deadline().toMillis()))
                .toList())
        .setDeadlines(sorted(policy.deadlines()))
        .setMaxAttempts(policy.retry().maxAttempts())
        .setBackoffMillis(policy.retry().backoff().toMillis())
        .setHeartbeatMillis(policy.heartbeat().interval().toMillis())
        .setHeartbeatTimeoutMillis(policy.heartbeat().timeout().toMillis())
        .build();
  }

  private static @Nullable String way(Datastore datastore) {
    return switch (datastore) {
      case PostgresDatastore _, NoDatastore _ -> null;
      case CassandraDatastore cassandra ->
          cassandra.sameKeyspace() ? ClusterSnapshot.SAME_KEYSPACE : cassandra.copy().way().word();
    };
  }

  private static List<DeadlineView> sorted(Map<String, Duration> deadlines) {
    return deadlines.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> new DeadlineView(entry.getKey(), entry.getValue().toMillis()))
        .toList();
  }

  private static VersionView version(KongVersion version) {
    return new VersionView(
        version.version(),
        version.nodes().stream().map(Node::name).toList(),
        version.provision().map(RunbookName::value).orElse(null),
        version.decommission().map(RunbookName::value).orElse(null),
        version.edition().word(),
        nodes(version, Role.CONTROL_PLANE),
        nodes(version, Role.DATA_PLANE));
  }

  private static List<String> nodes(KongVersion version, Role role) {
    return version.nodes().stream()
        .filter(node -> node.role().equals(Optional.of(role)))
        .map(Node::name)
        .toList();
  }

  private static boolean adminBackend(Cluster cluster) {
    return switch (cluster.router()) {
      case Haproxy haproxy -> haproxy.adminBackend().isPresent();
    };
  }

  private static StepView step(Step step) {
    return new StepView(
        step.setWeight(),
        step.pause().toMillis(),
        step.analysis().map(ClusterViews::analysis).orElse(null));
  }

  private static io.changeover.messages.Analysis analysis(Analysis analysis) {
    return new io.changeover.messages.Analysis(
        analysis.interval().toMillis(),
        analysis.count(),
        analysis.minimumRequests(),
        analysis.metrics().stream().map(ClusterViews::metric).toList());
  }

  private static io.changeover.messages.Metric metric(Metric metric) {
    return new io.changeover.messages.Metric(
        metric.name(),
        text(metric.successCondition()),
        text(metric.failureCondition()),
        metric.failureLimit(),
        metric.consecutiveErrorLimit(),
        metric.inconclusiveLimit());
  }

  private static String text(Optional<Condition> condition) {
    return condition.map(Condition::toString).orElse("");
  }
}
