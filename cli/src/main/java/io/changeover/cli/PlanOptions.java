package io.changeover.cli;

import io.changeover.messages.StartUpgrade;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// What is said of an upgrade beside its versions: the same for the one that is started and for the
/// one that is only planned.
final class PlanOptions {
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

  /// A request that says so, of which the rest is still missing.
  StartUpgrade.Builder request() {
    return StartUpgrade.newBuilder()
        .setAcknowledgements(acknowledgements)
        .setAcceptDowntime(downtime)
        .setPlugins(plugins);
  }
}
