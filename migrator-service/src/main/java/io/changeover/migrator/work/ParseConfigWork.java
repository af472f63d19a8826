package io.changeover.migrator.work;

import io.changeover.migrator.act.CliFailures;
import io.changeover.migrator.report.Outcomes;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.Patience;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `kong config parse` of the new version on the declarative file that its nodes will read. It
/// changes nothing, and a node with a file that does not parse never starts.
@Singleton
final class ParseConfigWork implements PhaseWork {

  private static final String GOOD = "parse successful";

  private final Tools tools;

  ParseConfigWork(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.PARSE_CONFIG);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(context, this::parse);
  }

  private Outcome parse(Subject subject) {
    Optional<String> file = subject.green().version().declarative();
    if (file.isEmpty()) {
      return Outcome.fatal(
          "the inventory names no declarative file of " + subject.green().version().version(),
          "`declarative` under this version, in a db-less cluster",
          "name the file, then retry the phase");
    }
    CommandResult result =
        KongCli.configParse(
            subject.green().target(),
            file.orElseThrow(),
            Patience.reading(tools.settings().reading()));
    return result.exitedCleanly() && result.says(GOOD)
        ? Outcome.done(Map.of(Facts.CONFIG_PARSED, "true"))
        : Outcomes.of(
                CliFailures.doubt(
                    subject.green().release() + " does not take the declarative file", result))
            .withFacts(Map.of(Facts.CONFIG_PARSED, "false"));
  }
}
