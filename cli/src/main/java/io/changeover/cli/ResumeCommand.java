package io.changeover.cli;

import io.changeover.messages.ResumeUpgrade;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "resume", description = "Go on after a pause.", mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  @Mixin private final RequestOptions options = new RequestOptions();
  @Mixin private final UpgradeOption which = new UpgradeOption();

  @Override
  public Integer call() {
    return options.send(
        ResumeUpgrade.newBuilder()
            .setId(options.id())
            .setCluster(options.cluster())
            .setUpgrade(which.upgrade())
            .setBy(options.by())
            .setReason(options.reason())
            .build());
  }
}
