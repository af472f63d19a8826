package io.changeover.exporter.backup;

import io.changeover.exporter.catalog.UnsupportedSchemaException;
import io.changeover.exporter.kongyml.BrokenKongYmlException;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.worker.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/// What a failure of the disk, of the database or of pg_dump means for the phase.
final class BackupFailures {

  private static final String NO_SPACE = "no space left";

  private BackupFailures() {}

  /// @param about upgrade, cluster and attempt, for the reason
  static Outcome.Failed of(Exception cause, String about) {
    return switch (cause) {
      case SQLException e -> database(e, about);
      case IOException e -> disk(e, about);
      case UnresolvedSecretException e ->
          Outcome.fatal(
              about + ": " + e.getMessage(),
              "the secret on the exporter-service's machine",
              "give the exporter-service the variable or file, then retry the phase");
      case UnsupportedSchemaException e ->
          Outcome.fatal(
              about + ": " + e.getMessage(),
              "tables, functions, indexes, constraints and triggers only",
              "set `backup: pg_dump` in the inventory, then retry the phase");
      case BrokenBackupException e ->
          Outcome.fatal(
              about + ": " + e.getMessage(),
              "the backup as it was written",
              "find out what changed the files; move the folder away and retry the phase");
      case BrokenKongYmlException e ->
          Outcome.fatal(about + ": " + e.getMessage(), e.expected(), e.remedy());
      case PgDumpFailedException e ->
          Outcome.retryable(
              about + ": " + e.getMessage(),
              "exit code 0",
              "check the version of pg_dump (not older than the server) and its rights");
      default -> throw new IllegalArgumentException("No backup fails like this", cause);
    };
  }

  private static Outcome.Failed database(SQLException e, String about) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    String reason =
        "%s: the database said (SQLSTATE %s) %s".formatted(about, state, e.getMessage());
    return switch (state) {
      case "55P03" ->
          Outcome.retryable(
              reason,
              "a shared lock on every table within 30 s",
              "look for a migration or a long transaction that holds an exclusive lock");
      case "57014" ->
          Outcome.retryable(
              reason,
              "each table to be read before the phase's deadline",
              "raise `deadlines: {backup: …}` in the inventory, or lower the load");
      case "42501" ->
          Outcome.fatal(
              reason,
              "a role that may read every table of the schema",
              "let the datastore's user of the inventory be the owner, as Kong's migrations need too");
      case "3D000", "3F000" ->
          Outcome.fatal(
              reason, "the database and schema of the inventory", "correct the inventory");
      default -> byClass(state, reason);
    };
  }

  private static Outcome.Failed byClass(String state, String reason) {
    String family = state.length() < 2 ? "" : state.substring(0, 2);
    return switch (family) {
      case "28" ->
          Outcome.fatal(
              reason,
              "the user and password of the inventory to be accepted",
              "correct them, then retry the phase");
      case "08", "57", "53" ->
          Outcome.retryable(
              reason,
              "the connection to last",
              "check that the server is up, has room and is reachable");
      default -> Outcome.retryable(reason, "the database to answer", "look at the server's log");
    };
  }

  private static Outcome.Failed disk(IOException e, String about) {
    String words = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    String reason = "%s: the backup could not be written: %s".formatted(about, words);
    if (words.toLowerCase(Locale.ROOT).contains(NO_SPACE)) {
      return Outcome.fatal(
          reason,
          "room for the backup",
          "make room in `backupDir` of the inventory, then retry the phase");
    }
    if (e instanceof AccessDeniedException) {
      return Outcome.fatal(
          reason,
          "the right to write to `backupDir` of the inventory",
          "give it to the exporter-service's user");
    }
    if (e instanceof FileSystemException) {
      return Outcome.fatal(
          reason,
          "a folder of that name that can be written",
          "correct `backupDir` of the inventory");
    }
    return Outcome.retryable(reason, "the disk to work", "look at the machine's log");
  }
}
