package io.changeover.cli;

import io.changeover.messages.PauseUpgrade;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "pause",
    description = "Command no further phase; what runs now may end.",
    mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
  @Mixin private final RequestOptions options = new RequestOptions();
  @Mixin private final UpgradeOption which = new UpgradeOption();

  @Override
  public Integer call() {
    return options.send(
        PauseUpgrade.newBuilder()
            .setId(options.id())
            .setCluster(options.cluster())
            .setUpgrade(which.upgrade())
            .setBy(options.by())
            .setReason(options.reason())
            .build());
  }
}
