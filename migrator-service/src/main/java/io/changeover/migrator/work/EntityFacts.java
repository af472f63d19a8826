package io.changeover.migrator.work;

import io.changeover.inventory.Edition;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.EntityCounts;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/// How many entities each workspace has, where an upgrade goes from Community to Enterprise: the
/// counts before and after must be the same.
final class EntityFacts {

  private EntityFacts() {}

  /// The counts under that fact; nothing for any other upgrade. What could not be counted is a
  /// blocker, since without it nobody knows.
  static Map<String, String> read(Tools tools, Subject subject, String fact, Findings findings) {
    boolean asked =
        subject.blue().version().edition() == Edition.COMMUNITY
            && subject.green().version().edition() == Edition.ENTERPRISE;
    if (!asked || !(subject.blueStore() instanceof PostgresStore(var datastore))) {
      return Map.of();
    }
    try (Connection connection = Database.open(datastore, tools.settings().digest())) {
      return Map.of(
          fact,
          EntityCounts.byWorkspace(connection).entrySet().stream()
              .map(one -> one.getKey() + "=" + one.getValue())
              .collect(Collectors.joining(",")));
    } catch (SQLException e) {
      uncounted(SqlFailures.doubt("counting entities", e).reason(), findings);
    } catch (UnresolvedSecretException e) {
      uncounted(String.valueOf(e.getMessage()), findings);
    }
    return Map.of();
  }

  private static void uncounted(String evidence, Findings findings) {
    findings.blocker(
        "community.uncounted",
        "the entities of each workspace could not be counted",
        evidence,
        "make the tables readable for the datastore's user, then retry the phase");
  }
}
