package io.changeover.cli;

import io.changeover.messages.InstallCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "install",
    description = "Install a cluster that serves nothing yet.",
    mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {
  @Mixin private final RequestOptions options = new RequestOptions();

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "such as 2.2.2 (default: the newest that the inventory describes)")
  private @Nullable String to;

  @Option(
      names = "--upgrade",
      paramLabel = "ID",
      description = "the install's id (default: the message's)")
  private @Nullable String upgrade;

  @Option(
      names = "--plugin",
      paramLabel = "NAME",
      description = "a plugin to add to KONG_PLUGINS; may be repeated")
  private List<String> plugins = new ArrayList<>();

  @Override
  public Integer call() {
    return options.send(
        InstallCluster.newBuilder()
            .setId(options.id())
            .setCluster(options.cluster())
            .setUpgrade(upgrade)
            .setToVersion(to)
            .setPlugins(plugins)
            .setBy(options.by())
            .setReason(options.reason())
            .build());
  }
}
