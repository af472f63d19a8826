package io.changeover.cli;

import io.changeover.cli.client.JournalAudit.Finding;
import io.changeover.cli.client.Problem;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = "Rebuild the state of each upgrade from the topic alone and print it.",
    mixinStandardHelpOptions = true)
final class JournalReplayCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final AuditOptions options = new AuditOptions();

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    AuditOptions.Result result = options.audit();
    for (Finding finding : result.findings()) {
      out.println(
          "upgrade %s of %s after %d entries: %s"
              .formatted(finding.upgrade(), finding.cluster(), finding.entries(), finding.state()));
      finding.difference().ifPresent(difference -> out.println("  stopped at: " + difference));
    }
    result.unreadable().forEach(out::println);
    out.flush();
    return result.holds() ? 0 : Problem.FAILED;
  }
}
