package io.changeover.cli;

import io.changeover.cli.client.Problem;
import io.changeover.cli.plan.PlanText;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.InventoryError;
import io.changeover.inventory.LoadResult;
import io.changeover.messages.InstallCluster;
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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Plans by the planner's own code and touches nothing.
@Command(
    name = "plan",
    description =
        "Say what an upgrade of a cluster would do, or its installation where nothing serves: hops,"
            + " phases, command lines, what can be undone. Touches nothing. Exits with 1 when it"
            + " would be refused.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final PlanOptions plan = new PlanOptions();

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

  @Override
  public Integer call() {
    Cluster found = cluster();
    return switch (Planning.plan(request(found))) {
      case Planning.Possible(Plan possible) -> {
        new PlanText(found, possible).lines().forEach(this::say);
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

  /// As the planner would read it from its topic: an upgrade, or an installation where nothing
  /// serves yet.
  private Request.Opening request(Cluster found) {
    StartUpgrade upgrade =
        plan.request()
            .setId("plan")
            .setCluster(found.name())
            .setToVersion(PlanText.newest(found, to))
            .setBy("plan")
            .build();
    SpecificRecord message =
        found.serving().isEmpty()
            ? InstallCluster.newBuilder()
                .setId(upgrade.getId())
                .setCluster(upgrade.getCluster())
                .setToVersion(upgrade.getToVersion())
                .setPlugins(upgrade.getPlugins())
                .setBy(upgrade.getBy())
                .build()
            : upgrade;
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
    Objects.requireNonNull(spec).commandLine().getOut().println(line);
  }
}
