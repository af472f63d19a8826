package io.changeover.cli;

import io.changeover.messages.RetryPhase;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "retry",
    description = "Try the phase again that the upgrade is held in.",
    mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
  @Mixin private final RequestOptions options = new RequestOptions();
  @Mixin private final UpgradeOption which = new UpgradeOption();

  @Override
  public Integer call() {
    return options.send(
        RetryPhase.newBuilder()
            .setId(options.id())
            .setCluster(options.cluster())
            .setUpgrade(which.upgrade())
            .setBy(options.by())
            .setReason(options.reason())
            .build());
  }
}
