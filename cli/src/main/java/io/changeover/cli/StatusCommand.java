package io.changeover.cli;

import io.changeover.cli.client.Journal;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.PlannerClient;
import io.changeover.cli.client.Problem;
import io.changeover.cli.client.Timeline;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = "Where upgrades stand, from the journal, or from the planner where it is named.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final KafkaAccess kafka = new KafkaAccess();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "only this cluster's upgrades")
  private @Nullable String cluster;

  @Option(
      names = "--planner",
      paramLabel = "URL",
      description = "ask this planner instead of reading the journal")
  private @Nullable URI planner;

  @Override
  public Integer call() throws InterruptedException {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    if (planner != null) {
      new PlannerClient(planner).upgrades(cluster).forEach(line -> out.println(text(line)));
      return 0;
    }
    List<Timeline> timelines = timelines();
    if (timelines.isEmpty()) {
      throw Problem.failed(
          "Expected upgrades %s in the journal at %s, but there are none"
              .formatted(cluster == null ? "" : "of " + cluster, kafka.servers()));
    }
    timelines.forEach(
        timeline ->
            StatusText.lines(timeline, Instant.now(), kafka.options()).forEach(out::println));
    return 0;
  }

  private static String text(PlannerClient.Line line) {
    return "%s  %s  (upgrade %s, entry %d, started %s, changed %s)"
        .formatted(
            line.cluster(),
            line.stage(),
            line.id(),
            line.seq(),
            line.startedAt(),
            line.changedAt());
  }

  private List<Timeline> timelines() {
    Map<String, Timeline> byUpgrade = new LinkedHashMap<>();
    new Journal(kafka)
        .read(
            line -> {
              if (line instanceof Journal.Line.Entry(var _, var entry, var _)
                  && (cluster == null || cluster.equals(entry.getCluster()))) {
                byUpgrade.computeIfAbsent(entry.getUpgrade(), Timeline::new).add(entry);
              }
            });
    return List.copyOf(byUpgrade.values());
  }
}
