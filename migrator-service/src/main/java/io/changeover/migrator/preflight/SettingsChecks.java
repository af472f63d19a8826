package io.changeover.migrator.preflight;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.Secret;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import io.changeover.worker.kong.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Does a side's command talk to the datastore that the inventory names?
public final class SettingsChecks {

  private SettingsChecks() {}

  /// Compares the settings of one side with the inventory's datastore.
  ///
  /// @param side `blue` or `green`
  public static void database(
      String side, KongTarget target, PostgresDatastore datastore, Findings findings) {
    Settings settings = Settings.of(target);
    exactly(side, settings, "database", "postgres", "postgres", findings);
    exactly(side, settings, "pg_database", "kong", datastore.database(), findings);
    exactly(side, settings, "pg_schema", "public", datastore.schema(), findings);
    perhaps(side, settings, "pg_host", "127.0.0.1", datastore.host(), findings);
    perhaps(side, settings, "pg_port", "5432", Integer.toString(datastore.port()), findings);
    carried(side, target, findings);
  }

  /// A node without datastore must not be told to use one.
  ///
  /// @param side `blue` or `green`
  public static void none(String side, KongTarget target, Findings findings) {
    exactly(side, Settings.of(target), "database", "postgres", "off", findings);
    carried(side, target, findings);
  }

  static void exactly(
      String side,
      Settings settings,
      String name,
      String standard,
      String wanted,
      Findings findings) {
    Optional<String> found = settings.value(name, standard);
    if (found.isEmpty()) {
      unknown(side, name, findings);
    } else if (!found.orElseThrow().equals(wanted)) {
      findings.blocker(
          side + ".other-database",
          side + " uses another database",
          name + " is " + found.orElseThrow() + ", the" + " inventory's datastore says " + wanted,
          "let both name the same database and schema");
    }
  }

  /// One server can have several names, so that a difference here is no proof.
  static void perhaps(
      String side,
      Settings settings,
      String name,
      String standard,
      String wanted,
      Findings findings) {
    Optional<String> found = settings.value(name, standard);
    if (found.isPresent() && !found.orElseThrow().equals(wanted)) {
      findings.warning(
          side + ".other-address",
          side + " reaches the database under another address",
          name + " is " + found.orElseThrow() + ", the inventory's datastore says " + wanted,
          "make sure that both lead to the same server; the migration state is compared through both");
    }
  }

  private static void unknown(String side, String name, Findings findings) {
    findings.warning(
        side + ".setting-unseen",
        name + " of " + side + " can't be read from here",
        "not among the inventory's settings, and the configuration file is on another machine",
        "name KONG_" + name.toUpperCase(java.util.Locale.ROOT) + " in the inventory");
  }

  /// Secrets do not travel where they would stand in a list of processes.
  static void carried(String side, KongTarget target, Findings findings) {
    if (Reach.of(target.command()).carriesSecrets()) {
      return;
    }
    List<String> secret =
        target.environment().entrySet().stream()
            .filter(entry -> entry.getValue().isReference())
            .map(Map.Entry::getKey)
            .toList();
    if (!secret.isEmpty()) {
      findings.warning(
          side + ".secret-not-carried",
          side + "'s command runs elsewhere and does not get " + secret,
          "a secret in an argv would be seen by everybody on both machines",
          "put them into the configuration file there");
    }
  }

  /// Every secret that the inventory refers to is there.
  public static void secrets(List<Secret> secrets, Findings findings) {
    for (Secret secret : secrets) {
      try {
        String unused = secret.resolve();
        if (unused.isEmpty()) {
          findings.warning(
              "secret.empty",
              "a secret is empty",
              secret.toString(),
              "set it where the migrator runs");
        }
      } catch (io.changeover.inventory.UnresolvedSecretException e) {
        findings.blocker(
            "secret.missing",
            "a secret of the inventory is not on this machine",
            secret.toString(),
            "set it where the migrator runs");
      }
    }
  }
}
