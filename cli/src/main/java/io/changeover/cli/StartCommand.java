package io.changeover.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "start",
    description = "Start the upgrade of a cluster to a version.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  @Mixin private final RequestOptions options = new RequestOptions();
  @Mixin private final PlanOptions plan = new PlanOptions();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "VERSION",
      description = "the version to move to, such as 2.2.2")
  private String to = "";

  @Option(
      names = "--from",
      paramLabel = "VERSION",
      description = "the version that serves now (default: what the inventory says)")
  private @Nullable String from;

  @Option(
      names = "--upgrade",
      paramLabel = "ID",
      description = "the upgrade's id (default: the message's)")
  private @Nullable String upgrade;

  @Override
  public Integer call() {
    return options.send(
        plan.request()
            .setId(options.id())
            .setCluster(options.cluster())
            .setUpgrade(upgrade)
            .setToVersion(to)
            .setFromVersion(from)
            .setBy(options.by())
            .setReason(options.reason())
            .build());
  }
}
