package io.changeover.cli;

import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.Problem;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `changeover` command.
///
/// | exit code | meaning |
/// |---|---|
/// | 0 | done, and it holds |
/// | 1 | done, but something does not hold |
/// | 2 | the command line is wrong |
/// | 3 | Kafka, a database or the planner could not be reached or read |
@Command(
    name = "changeover",
    description = "Upgrades Kong clusters blue-green, with no request lost.",
    mixinStandardHelpOptions = true,
    version = "changeover 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      StartCommand.class,
      InstallCommand.class,
      PlanCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      AbortCommand.class,
      RetryCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      JournalCommand.class,
      InventoryCommand.class,
      RestoreCommand.class,
      RestoreKeyspaceCommand.class,
      PreflightCommand.class,
      CompareCommand.class,
      BenchCommand.class,
      PrepareCommand.class
    })
public final class Changeover {
  private Changeover() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    try {
      return commandLine().execute(args);
    } catch (OutOfMemoryError e) {
      Problem problem = KafkaAccess.outOfMemory();
      System.err.println(problem.getMessage());
      return problem.exitCode();
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Changeover())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Changeover::explain);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (Stopping.begun()) {
      // What fails while everything is being stopped is no news.
      return Problem.FAILED;
    }
    PrintWriter err = command.getErr();
    if (failure instanceof Problem problem) {
      err.println(problem.getMessage());
      return problem.exitCode();
    }
    if (failure instanceof IllegalStateException && failure.getMessage() != null) {
      err.println(failure.getMessage());
      return Problem.FAILED;
    }
    err.println("This is a fault of changeover itself; please report it with what follows.");
    failure.printStackTrace(err);
    return Problem.FAILED;
  }
}
