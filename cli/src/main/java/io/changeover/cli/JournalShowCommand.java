package io.changeover.cli;

import io.changeover.cli.client.EntryText;
import io.changeover.cli.client.Journal;
import io.changeover.cli.client.Journal.Line;
import io.changeover.cli.client.KafkaAccess;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    description = "Print what the planner took in and decided, an entry a line.",
    mixinStandardHelpOptions = true)
final class JournalShowCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final KafkaAccess kafka = new KafkaAccess();

  @Option(names = "--upgrade", paramLabel = "ID", description = "only this upgrade")
  private @Nullable String upgrade;

  @Option(names = "--cluster", paramLabel = "NAME", description = "only this cluster's upgrades")
  private @Nullable String cluster;

  @Option(names = "--json", description = "whole entries, a JSON object a line")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    new Journal(kafka)
        .read(
            line -> {
              if (EntryText.concerns(line, cluster) && isOfUpgrade(line)) {
                out.println(json ? EntryText.json(line) : EntryText.line(line));
              }
            });
    out.flush();
    return 0;
  }

  private boolean isOfUpgrade(Line line) {
    return upgrade == null
        || (line instanceof Line.Entry(var _, var entry, var _)
            && entry.getUpgrade().equals(upgrade));
  }
}
