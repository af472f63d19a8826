package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.schemas.Actions;
import io.changeover.worker.kong.CommandResult;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `kong config` says, as observed on Kong 2.1.4 and 2.2.2.
final class ConfigWords {

  /// Whose command it is, and in which phase.
  private enum Caller {
    OLD("old", Actions.EXPORT),
    NEW("new", Actions.IMPORT);

    private final String version;
    private final String phase;

    Caller(String version, String phase) {
      this.version = version;
      this.phase = phase;
    }
  }

  private static final String SUCCESS = "import successful";
  private static final String PARSED = "parse successful";

  /// What another try won't change.
  private static final List<String> LASTING =
      List.of(
          "violation",
          "Failed parsing",
          "not enabled",
          "does not reference",
          "expired",
          "unknown file extension",
          "does not exist",
          "Undefined column",
          "only works with a database",
          "no file at:");

  /// `{key="…"}` names the value that is there already, and that may be a credential.
  private static final Pattern VALUE = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private static final int SHOWN = 600;

  private ConfigWords() {}

  /// Why there is no file of an export; empty when it may be read. On success Kong says nothing,
  /// and exits 0 as well where it could not open the file.
  ///
  /// @param there whether there is a file
  static Optional<Problem> unexported(CommandResult result, boolean there) {
    if (!result.exitedCleanly()) {
      return Optional.of(
          problem(
              result,
              "`kong config db_export` of the old version has exported nothing that could be used",
              "exit code 0",
              "correct what it names, then retry the phase; `copy: {export: changeover}` does without it",
              Caller.OLD));
    }
    return there
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "`kong config db_export` of the old version has exited 0 and left no file",
                "a file in `copy: folder`",
                "let the user that the old version's command runs as write to `copy: folder`, under the same path where it runs elsewhere; then retry the phase"));
  }

  /// Why the file is not taken; empty when it is.
  static Optional<Problem> unparsed(CommandResult result) {
    return result.exitedCleanly() && result.says(PARSED)
        ? Optional.empty()
        : Optional.of(
            problem(
                result,
                "`kong config parse` of the new version does not take the file",
                "a file that it takes, readable where the command runs",
                "correct what it names at blue or in green's settings (plugins), then retry from the phase export",
                Caller.NEW));
  }

  /// Why the import is not done; empty when it says that it is.
  static Optional<Problem> problem(CommandResult result) {
    return result.exitedCleanly() && result.says(SUCCESS)
        ? Optional.empty()
        : Optional.of(
            problem(
                result,
                "`kong config db_import` of the new version has not imported the file",
                "its words `import successful`",
                "correct what it names, then retry the phase; what was imported is emptied first",
                Caller.NEW));
  }

  private static Problem problem(
      CommandResult result, String what, String expected, String remedy, Caller caller) {
    return switch (result.ending()) {
      case NOT_STARTED ->
          new Problem(
              what + ": the command could not be started: " + said(result),
              "the %s version's command of the inventory, on the exporter-service's machine"
                  .formatted(caller.version),
              "install it there or correct `command`, then retry the phase");
      case TIMED_OUT ->
          new Problem(
              what + ": it was ended by SIGTERM when its time was over",
              expected,
              "raise `deadlines: {%s: …}` in the inventory, then retry the phase"
                  .formatted(caller.phase));
      case CANCELLED -> new Problem(what + ": it was called off", expected, remedy, true);
      case EXITED ->
          new Problem(
              "%s: exit code %d: %s".formatted(what, result.exit(), said(result)),
              expected,
              remedy,
              LASTING.stream().noneMatch(result::says));
    };
  }

  private static String said(CommandResult result) {
    String all = (result.stdout().strip() + "\n" + result.stderr().strip()).strip();
    String open =
        VALUE
            .matcher(all)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1).equals("id") ? found.group() : found.group(1) + "=…"));
    return open.length() > SHOWN ? open.substring(0, SHOWN) + "…" : open;
  }
}
