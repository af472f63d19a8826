package io.changeover.cli;

import io.changeover.messages.AnswerGate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "approve", description = "Pass an open gate.", mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
  @Mixin private final RequestOptions options = new RequestOptions();
  @Mixin private final UpgradeOption which = new UpgradeOption();

  @Parameters(index = "1", paramLabel = "GATE", description = "the gate's name, such as confirm")
  private String gate = "";

  @Override
  public Integer call() {
    return options.send(
        AnswerGate.newBuilder()
            .setId(options.id())
            .setCluster(options.cluster())
            .setUpgrade(which.upgrade())
            .setGate(gate)
            .setAnswer("APPROVED")
            .setBy(options.by())
            .setReason(options.reason())
            .build());
  }
}
