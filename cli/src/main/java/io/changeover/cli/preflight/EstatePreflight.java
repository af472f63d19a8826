package io.changeover.cli.preflight;

import io.changeover.cli.client.Problem;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Procedure;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.schemas.Actions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks at clusters of an inventory, all of them at once, and changes nothing.
public final class EstatePreflight {

  private final Path inventory;
  private final Estate estate;
  private final @Nullable String to;
  private final WorkerLooks.Limits limits;

  private EstatePreflight(
      Path inventory, Estate estate, @Nullable String to, WorkerLooks.Limits limits) {
    this.inventory = inventory;
    this.estate = estate;
    this.to = to;
    this.limits = limits;
  }

  /// Reads the inventory.
  ///
  /// @param to null for the newest version that the inventory describes of each cluster
  /// @param parallel clusters that are looked at together
  /// @param deadline the time that one cluster gets
  public static EstatePreflight of(
      Path inventory, @Nullable String to, int parallel, Duration deadline) {
    return new EstatePreflight(
        inventory, Estate.read(inventory), to, new WorkerLooks.Limits(parallel, deadline));
  }

  /// The names that can be asked for.
  public List<String> names() {
    List<String> names = new ArrayList<>();
    estate.clusters().forEach(cluster -> names.add(cluster.name()));
    estate.broken().forEach(result -> names.add(result.name()));
    return names;
  }

  /// Looks at the clusters of these names.
  ///
  /// @return sorted by name
  public List<ClusterResult> look(Predicate<String> wanted) throws InterruptedException {
    List<Outlook> outlooks =
        estate.clusters().stream()
            .filter(cluster -> wanted.test(cluster.name()))
            .map(cluster -> Outlook.of(cluster, to))
            .toList();
    Map<WorkerLooks, Map<String, PhaseReport>> reports = reports(outlooks);
    List<ClusterResult> results = new ArrayList<>();
    outlooks.forEach(outlook -> results.add(result(outlook, reports)));
    estate.broken().stream().filter(result -> wanted.test(result.name())).forEach(results::add);
    results.sort(Comparator.comparing(ClusterResult::name));
    return List.copyOf(results);
  }

  private Map<WorkerLooks, Map<String, PhaseReport>> reports(List<Outlook> outlooks)
      throws InterruptedException {
    Map<WorkerLooks, Future<Map<String, PhaseReport>>> asked = new LinkedHashMap<>();
    Map<WorkerLooks, Map<String, PhaseReport>> reports = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (WorkerLooks looks : workers()) {
        List<PhaseCommand> commands =
            outlooks.stream().flatMap(outlook -> command(looks, outlook).stream()).toList();
        asked.put(looks, threads.submit(() -> looks.run(inventory, commands, limits)));
      }
      for (Map.Entry<WorkerLooks, Future<Map<String, PhaseReport>>> entry : asked.entrySet()) {
        reports.put(entry.getKey(), answer(entry.getValue()));
      }
    }
    return reports;
  }

  private static List<WorkerLooks> workers() {
    return List.of(WorkerLooks.MIGRATOR, WorkerLooks.TRAFFIC, WorkerLooks.EXPORTER);
  }

  private static Map<String, PhaseReport> answer(Future<Map<String, PhaseReport>> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw Problem.unreachable(
          "Expected the workers' programs to look, but "
              + Optional.ofNullable(e.getCause())
                  .map(Throwable::getMessage)
                  .orElse("they did not"));
    }
  }

  /// What a worker is asked about a cluster; empty where it is none of its business.
  private static Optional<PhaseCommand> command(WorkerLooks looks, Outlook outlook) {
    if (looks.equals(WorkerLooks.EXPORTER)
        && outlook.cluster().procedure() != Procedure.KEYSPACE_COPY) {
      return Optional.empty();
    }
    String action =
        looks.equals(WorkerLooks.TRAFFIC) ? Actions.PREFLIGHT_ROUTER : Actions.PREFLIGHT;
    return outlook.firstTo().map(next -> command(outlook, action, next));
  }

  private static PhaseCommand command(Outlook outlook, String action, String next) {
    String name = outlook.cluster().name();
    return PhaseCommand.newBuilder()
        .setId("preflight/" + name + "/" + action)
        .setUpgrade("preflight")
        .setCluster(name)
        .setPhase(action)
        .setAction(action)
        .setAttempt(1)
        .setOrder(1)
        .setFromVersion(outlook.from())
        .setToVersion(next)
        .setIssuedAt(Instant.now())
        .setDeadline(Instant.now())
        .setHeartbeatMillis(5000)
        .setProcedure(outlook.procedure())
        .setWay(outlook.view().getCopyWay())
        .build();
  }

  private static ClusterResult result(
      Outlook outlook, Map<WorkerLooks, Map<String, PhaseReport>> reports) {
    Cluster cluster = outlook.cluster();
    List<Found> findings = new ArrayList<>(outlook.findings());
    reports.forEach(
        (looks, byCluster) -> {
          if (command(looks, outlook).isPresent()) {
            findings.addAll(findings(looks, cluster.name(), byCluster.get(cluster.name())));
          }
        });
    return new ClusterResult(
        cluster.name(),
        cluster.source().file().toString(),
        cluster.topology().word(),
        outlook.from(),
        outlook.to(),
        outlook.path(),
        outlook.procedure(),
        outlook.downtime(),
        findings);
  }

  private static List<Found> findings(
      WorkerLooks looks, String cluster, @Nullable PhaseReport report) {
    return report == null
        ? List.of(
            Found.blocker(
                Found.UNREACHABLE,
                looks.worker(),
                "%s's look at cluster %s brought no report".formatted(looks.worker(), cluster),
                "its program ended, or was ended, before",
                "Look for its words above; run the preflight of this cluster alone."))
        : report.getFindings().stream().map(finding -> Found.of(looks.worker(), finding)).toList();
  }
}
