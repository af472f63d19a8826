package io.changeover.migrator.preflight;

import io.changeover.migrator.report.Findings;
import java.util.Set;

/// What a version of a database means for Kong 2.2 and for Changeover. Kong 2.2.2 refuses
/// PostgreSQL before 9.5 and Cassandra before 2.2, and knows nothing of what came after it
/// (observed). What Changeover was tested with is in `docs/preflight.md`.
final class ServerVersion {

  /// PostgreSQL, as `server_version_num` counts.
  private static final long KONG_TAKES = 90_500;

  private static final long KNOWN_FROM = 90_600;
  private static final long SCRAM_BY_DEFAULT = 140_000;
  private static final long UNKNOWN_FROM = 180_000;

  /// Majors of PostgreSQL that tests of Changeover run on.
  private static final Set<Long> POSTGRES_TESTED = Set.of(15L, 17L);

  private ServerVersion() {}

  /// Judges a PostgreSQL server.
  ///
  /// @param number its `server_version_num`, such as 170006
  static void postgres(long number, Findings findings) {
    String evidence = "SELECT current_setting('server_version_num'): " + number;
    long major = number / 10_000;
    if (number < KONG_TAKES) {
      findings.blocker(
          "server.version",
          "PostgreSQL is too old for Kong 2.2",
          evidence,
          "PostgreSQL 9.5 or later; 9.6 to 17 are known here");
    } else if (number < KNOWN_FROM) {
      findings.warning(
          "server.version",
          "PostgreSQL 9.5 is older than what Changeover knows (9.6 to 17); Kong 2.2 takes it",
          evidence,
          "plan for a newer server; make this upgrade on a copy of the database first");
    } else if (number >= UNKNOWN_FROM) {
      findings.warning(
          "server.version",
          "PostgreSQL "
              + major
              + " is newer than what Kong 2.2 and Changeover were made for (9.6 to 17)",
          evidence,
          "make this upgrade on a copy of the database first");
    } else if (POSTGRES_TESTED.contains(major)) {
      findings.fact(
          "server.version",
          "the server is new enough; Changeover is tested with PostgreSQL " + major + scram(number),
          evidence);
    } else {
      findings.fact(
          "server.version",
          "the server is new enough; Changeover's own tests run on 15 and 17, not on this one"
              + scram(number),
          evidence);
    }
  }

  private static String scram(long number) {
    return number < SCRAM_BY_DEFAULT
        ? ""
        : "; its new passwords are SCRAM by default, which Kong 2.x does not speak (md5 it does)";
  }

  /// Judges a Cassandra cluster whose nodes are all of one major version.
  ///
  /// @param minor the oldest of its nodes
  /// @param evidence releases by node
  static void cassandra(int major, int minor, String evidence, Findings findings) {
    if (major < 2 || (major == 2 && minor < 2)) {
      findings.blocker(
          "cassandra.version",
          "Cassandra is too old for Kong 2.2",
          evidence,
          "Cassandra 3.0 or later; 3.11 to 5 are known here");
    } else if (major == 2) {
      findings.warning(
          "cassandra.version",
          "Kong 2.2 calls this version of Cassandra deprecated",
          evidence,
          "plan for Cassandra 3.11");
    } else if (major == 3 && minor < 11) {
      findings.warning(
          "cassandra.version",
          "Cassandra 3."
              + minor
              + " is older than what Changeover knows (3.11 to 5); Kong 2.2 takes it",
          evidence,
          "plan for Cassandra 3.11");
    } else if (major == 3) {
      findings.fact(
          "cassandra.version",
          "Cassandra is new enough; Changeover's own tests run on 5.0, not on this one",
          evidence);
    } else {
      later(major, evidence, findings);
    }
  }

  /// From 4 on, a migration that is run again meets words that Kong 2.2 does not know.
  private static void later(int major, String evidence, Findings findings) {
    String known =
        switch (major) {
          case 4 -> "; Changeover's own tests run on 5.0, not on this one";
          case 5 -> "; Changeover is tested with 5.0";
          default -> "; it is newer than what Changeover knows (3.11 to 5)";
        };
    findings.warning(
        "cassandra.version",
        "Kong 2.2 was made for Cassandra 3: a migration that is run again after it broke off may"
            + " fail on this version"
            + known,
        evidence,
        major > 5
            ? "make this upgrade on a copy of the cluster first"
            : "nothing; a new keyspace that is left half-made can be dropped and made anew");
  }
}
