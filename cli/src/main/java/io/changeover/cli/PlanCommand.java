package io.changeover.cli;

import io.changeover.cli.client.Problem;
import io.changeover.cli.plan.PlanText;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.InventoryError;
import io.changeover.inventory.LoadResult;
import io.changeover.messages.StartUpgrade;
import io.changeover.planner.core.Plan;
import io.changeover.planner.core.Planning;
import io.changeover.planner.core.Refusal;
import io.changeover.planner.core.Request;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.planner.shell.ClusterViews;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Plans by the planner's own code and touches nothing.
@Command(
    name = "plan",
    description =
        "Say what an upgrade of a cluster would do: hops, phases, command lines, what can be undone. Touches nothing. Exits with 1 when it would be refused.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CLUSTER", description = "its name in the inventory")
  private String cluster = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "VERSION",
      description =
          "the version to move to, such as 2.2.2; 2.2 means the newest 2.2 that the inventory describes")
  private String to = "";

  @Option(
      names = "--inventory",
      defaultValue = "inventory",
      paramLabel = "DIR",
      description = "the folder of YAML files (default: ${DEFAULT-VALUE})")
  private Path inventory = Path.of("");

  @Option(
      names = "--ack",
      paramLabel = "NAME",
      description = "accept what would be refused otherwise, such as backup-off; may be repeated")
  private List<String> acknowledgements = new ArrayList<>();

  @Option(
      names = "--accept-downtime",
      paramLabel = "HOP",
      description = "accept a time without service for a hop, such as 1.5-2.1; may be repeated")
  private List<String> downtime = new ArrayList<>();

  @Option(
      names = "--plugin",
      paramLabel = "NAME",
      description = "a plugin to add to KONG_PLUGINS for the new version; may be repeated")
  private List<String> plugins = new ArrayList<>();

  @Override
  public Integer call() {
    Cluster found = cluster();
    return switch (Planning.plan(request(found))) {
      case Planning.Possible(Plan plan) -> {
        new PlanText(found, plan).lines().forEach(this::say);
        yield 0;
      }
      case Planning.Impossible(List<Refusal> refusals) -> {
        say(
            "No plan for cluster %s to %s: %d reason(s)."
                .formatted(found.name(), to, refusals.size()));
        refusals.forEach(refusal -> say("  " + refusal.reason() + ": " + refusal.sentence()));
        yield 1;
      }
    };
  }

  private Cluster cluster() {
    Inventory known =
        switch (Inventory.load(inventory)) {
          case LoadResult.Loaded(Inventory sound) -> sound;
          case LoadResult.Invalid(List<InventoryError> errors, Inventory sound) -> {
            errors.forEach(error -> say("note: " + error));
            yield sound;
          }
        };
    return known
        .cluster(cluster)
        .orElseThrow(
            () ->
                Problem.failed(
                    "Expected a cluster of %s, which knows %s, but got '%s'"
                        .formatted(
                            inventory,
                            known.byName().keySet().stream().sorted().toList(),
                            cluster)));
  }

  /// As the planner would read it from its topic.
  private Request.Opening request(Cluster found) {
    StartUpgrade message =
        StartUpgrade.newBuilder()
            .setId("plan")
            .setCluster(found.name())
            .setToVersion(PlanText.newest(found, to))
            .setAcknowledgements(acknowledgements)
            .setAcceptDowntime(downtime)
            .setPlugins(plugins)
            .setBy("plan")
            .build();
    return (Request.Opening)
        JournalCodec.input(
            JournalCodec.REQUEST,
            "plan",
            Instant.EPOCH,
            1,
            message,
            ClusterViews.of(found),
            new UpgradeId("plan"));
  }

  private void say(String line) {
    java.util.Objects.requireNonNull(spec).commandLine().getOut().println(line);
  }
}
