package io.changeover.cli;

import io.changeover.messages.StartUpgrade;
import java.util.ArrayList;
import java.util.List;
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
    return options.send(
        StartUpgrade.newBuilder()
            .setId(options.id())
            .setCluster(options.cluster())
            .setUpgrade(upgrade)
            .setToVersion(to)
            .setFromVersion(from)
            .setAcknowledgements(acknowledgements)
            .setPlugins(plugins)
            .setAcceptDowntime(downtime)
            .setBy(options.by())
            .setReason(options.reason())
            .build());
  }
}
