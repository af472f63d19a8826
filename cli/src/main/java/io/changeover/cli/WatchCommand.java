package io.changeover.cli;

import io.changeover.cli.client.EntryText;
import io.changeover.cli.client.Journal;
import io.changeover.cli.client.KafkaAccess;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "watch",
    description = "Print every decision of the planner as it is made, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final KafkaAccess kafka = new KafkaAccess();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "only this cluster's upgrades")
  private @Nullable String cluster;

  @Option(names = "--from-beginning", description = "begin with the oldest decision")
  private boolean fromBeginning;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    new Journal(kafka)
        .follow(
            fromBeginning,
            line -> {
              if (EntryText.concerns(line, cluster) && !EntryText.isHeartbeat(line)) {
                out.println(EntryText.line(line));
                out.flush();
              }
            },
            now -> true);
    return 0;
  }
}
