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
    name = "verify",
    description = {
      "Hold the journal to its promises: no gap, no broken hash, deciding again gives the same, and"
          + " the fold is the",
      "stored state where a database is named. Exit code 1 and the first difference of each upgrade"
          + " otherwise."
    },
    mixinStandardHelpOptions = true)
final class JournalVerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final AuditOptions options = new AuditOptions();

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    AuditOptions.Result result = options.audit();
    result.unreadable().forEach(out::println);
    result.findings().forEach(finding -> out.println(line(finding)));
    out.flush();
    return result.holds() ? 0 : Problem.FAILED;
  }

  private static String line(Finding finding) {
    return finding
        .difference()
        .map(difference -> "FAILED " + difference)
        .orElseGet(
            () ->
                "ok     upgrade %s of %s: %d entries, %s, head %s%s"
                    .formatted(
                        finding.upgrade(),
                        finding.cluster(),
                        finding.entries(),
                        finding.state().stage(),
                        finding.head(),
                        finding.compared() ? ", equal to the stored state" : ""));
  }
}
