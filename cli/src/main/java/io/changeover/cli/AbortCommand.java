package io.changeover.cli;

import io.changeover.messages.AbortUpgrade;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "abort",
    description = "Roll back; refused after the point of no return.",
    mixinStandardHelpOptions = true)
final class AbortCommand implements Callable<Integer> {
  @Mixin private final RequestOptions options = new RequestOptions();
  @Mixin private final UpgradeOption which = new UpgradeOption();

  @Override
  public Integer call() {
    return options.send(
        AbortUpgrade.newBuilder()
            .setId(options.id())
            .setCluster(options.cluster())
            .setUpgrade(which.upgrade())
            .setBy(options.by())
            .setReason(options.reason())
            .build());
  }
}
