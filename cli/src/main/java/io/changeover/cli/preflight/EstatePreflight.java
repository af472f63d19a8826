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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final List<String> plugins;
  private final WorkerLooks.Limits limits;

  private EstatePreflight(
      Path inventory,
      Estate estate,
      @Nullable String to,
      List<String> plugins,
      WorkerLooks.Limits limits) {
    this.inventory = inventory;
    this.estate = estate;
    this.to = to;
    this.plugins = List.copyOf(plugins);
    this.limits = limits;
  }

  /// Reads the inventory.
  ///
  /// @param to null for the newest version that the inventory describes of each cluster
  /// @param plugins that the move shall bring
  /// @param parallel clusters that are looked at together
  /// @param deadline the time that one cluster gets
  public static EstatePreflight of(
      Path inventory, @Nullable String to, List<String> plugins, int parallel, Duration deadline) {
    return new EstatePreflight(
        inventory, Estate.read(inventory), to, plugins, new WorkerLooks.Limits(parallel, deadline));
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
            .map(cluster -> Outlook.of(cluster, to, plugins))
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
            outlooks.stream().flatMap(outlook -> commands(looks, outlook).stream()).toList();
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

  /// What a worker is asked about a cluster; nothing where it is none of its business. Only the
  /// migrator can say something of a hop that begins on what an earlier one leaves.
  private static List<PhaseCommand> commands(WorkerLooks looks, Outlook outlook) {
    return outlook.moves().stream()
        .filter(move -> move.first() || looks.equals(WorkerLooks.MIGRATOR))
        .filter(move -> concerns(looks, outlook, move))
        .map(move -> command(looks, outlook, move))
        .toList();
  }

  private static boolean concerns(WorkerLooks looks, Outlook outlook, Outlook.Move move) {
    if (looks.equals(WorkerLooks.EXPORTER)) {
      return outlook.cluster().procedure() == Procedure.KEYSPACE_COPY
          && outlook.way() != null
          && !move.from().isEmpty();
    }
    return looks.equals(WorkerLooks.MIGRATOR) || !move.from().isEmpty();
  }

  private static PhaseCommand command(WorkerLooks looks, Outlook outlook, Outlook.Move move) {
    String action =
        looks.equals(WorkerLooks.TRAFFIC) ? Actions.PREFLIGHT_ROUTER : Actions.PREFLIGHT;
    return PhaseCommand.newBuilder()
        .setId(id(outlook, action, move))
        .setUpgrade("preflight")
        .setCluster(outlook.cluster().name())
        .setPhase(action)
        .setAction(action)
        .setAttempt(1)
        .setOrder(1)
        .setFromVersion(move.from())
        .setToVersion(move.to())
        .setIssuedAt(Instant.now())
        .setDeadline(Instant.now())
        .setHeartbeatMillis(5000)
        .setProcedure(outlook.procedure())
        .setWay(outlook.way())
        .setPlugins(outlook.plugins())
        .build();
  }

  private static String id(Outlook outlook, String action, Outlook.Move move) {
    return "preflight/%s/%s/%s-%s"
        .formatted(outlook.cluster().name(), action, move.from(), move.to());
  }

  private static ClusterResult result(
      Outlook outlook, Map<WorkerLooks, Map<String, PhaseReport>> reports) {
    Cluster cluster = outlook.cluster();
    Set<Found> findings = new LinkedHashSet<>(outlook.findings());
    reports.forEach(
        (looks, byCommand) -> {
          for (PhaseCommand command : commands(looks, outlook)) {
            findings(looks, command, byCommand.get(command.getId())).stream()
                .filter(found -> !findings.contains(found))
                .map(found -> ofHop(outlook, command, found))
                .forEach(findings::add);
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
        List.copyOf(findings));
  }

  /// With the hop in front, where it is not the first.
  private static Found ofHop(Outlook outlook, PhaseCommand command, Found found) {
    return command.getFromVersion().equals(outlook.from())
        ? found
        : found.of("%s → %s".formatted(command.getFromVersion(), command.getToVersion()));
  }

  private static List<Found> findings(
      WorkerLooks looks, PhaseCommand command, @Nullable PhaseReport report) {
    return report == null
        ? List.of(
            Found.blocker(
                Found.UNREACHABLE,
                looks.worker(),
                "%s's look at cluster %s brought no report"
                    .formatted(looks.worker(), command.getCluster()),
                "its program ended, or was ended, before",
                "Look for its words above; run the preflight of this cluster alone."))
        : report.getFindings().stream().map(finding -> Found.of(looks.worker(), finding)).toList();
  }
}
