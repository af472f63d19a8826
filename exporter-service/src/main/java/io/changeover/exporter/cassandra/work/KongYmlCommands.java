package io.changeover.exporter.cassandra.work;

import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CopyPolicy.Export;
import io.changeover.inventory.CopyPolicy.Way;
import io.changeover.inventory.Edition;
import io.changeover.messages.Finding;
import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Actions;
import io.changeover.worker.Found;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.KongTarget;
import io.changeover.worker.kong.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether the commands that the way `kong-yml` runs can be run on this machine: green's for the
/// import, blue's where Kong exports itself.
final class KongYmlCommands {

  private static final Pattern RELEASE = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  private KongYmlCommands() {}

  /// Asks each for its version; nothing on the other ways.
  ///
  /// @param limit the time of each
  static List<Finding> look(PhaseContext context, CassandraDatastore datastore, Duration limit) {
    List<Finding> findings = new ArrayList<>();
    if (Ways.is(Way.KONG_YML, context, datastore)) {
      PhaseCommand command = context.command();
      if (datastore.copy().export() == Export.KONG) {
        findings.addAll(look(context, "blue", Actions.EXPORT, command.getFromVersion(), limit));
        findings.addAll(unsupported(context, command.getFromVersion()));
      }
      findings.addAll(look(context, "green", Actions.IMPORT, command.getToVersion(), limit));
    }
    return findings;
  }

  /// A version that the inventory does not know is the planner's to say.
  private static List<Finding> look(
      PhaseContext context, String side, String phase, String version, Duration limit) {
    List<Finding> findings = new ArrayList<>();
    context
        .cluster()
        .version(version)
        .map(KongTarget::of)
        .ifPresent(
            kong -> {
              findings.add(answer(side, phase, version, KongCli.version(kong, limit)));
              if (Reach.of(kong.command()) != Reach.LOCAL) {
                findings.add(elsewhere(side, phase, kong));
              }
            });
    return findings;
  }

  /// What Enterprise's documents say of its export is at odds: what it writes is held to the store
  /// anyway, so that nothing is lost by trying.
  private static List<Finding> unsupported(PhaseContext context, String version) {
    return context
        .cluster()
        .version(version)
        .filter(kong -> kong.edition() == Edition.ENTERPRISE)
        .map(
            kong ->
                Found.warning(
                    "blue.export-unsupported",
                    "Kong Enterprise does not support `kong config db_export`: the phase export may fail",
                    "%s is Enterprise; its changelog says so (0.36, and 1.5.0.0, which stopped it from being run all the same), while its upgrade guide to 2.2 runs it"
                        .formatted(kong.version()),
                    "set `copy: {export: changeover}`, which reads the rows itself"))
        .stream()
        .toList();
  }

  private static Finding answer(String side, String phase, String version, CommandResult answer) {
    String code = side + ".command-of-" + phase;
    return answer.exitedCleanly() && release(answer.stdout()).equals(release(version))
        ? Found.fact(
            code,
            "The phase %s can run %s's command here".formatted(phase, side),
            answer.evidence())
        : Found.blocker(
            code,
            "The phase %s can't run %s's command here as Kong %s".formatted(phase, side, version),
            answer.evidence(),
            "install Kong %s on the exporter-service's machine or correct `command` in the inventory%s"
                .formatted(
                    version,
                    phase.equals(Actions.EXPORT) ? ", or set `copy: {export: changeover}`" : ""));
  }

  private static Optional<String> release(String text) {
    Matcher found = RELEASE.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  private static Finding elsewhere(String side, String phase, KongTarget kong) {
    return Found.warning(
        side + ".command-elsewhere",
        "The phase %s runs %s's command in another place, where it must find the file under the same path"
            .formatted(phase, side),
        "command " + kong.command(),
        phase.equals(Actions.EXPORT)
            ? "mount `copy: folder` there under the same path, writable for its user"
            : "mount `copy: artifacts` there under the same path, readable for its user");
  }
}
