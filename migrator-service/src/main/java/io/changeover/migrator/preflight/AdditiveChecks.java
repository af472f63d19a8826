package io.changeover.migrator.preflight;

import io.changeover.migrator.observe.Catalogue;
import io.changeover.migrator.observe.Migrations;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.report.Findings;
import java.util.Set;
import java.util.TreeSet;

/// Would the new version's migrations only add to blue's keyspace? Then both versions could share
/// it, which is cheaper than the copy that the upgrade guide asks for: said, never chosen. Where
/// they share it by the inventory's choice, what nobody knows to be so is a warning. Pure.
public final class AdditiveChecks {

  /// A table and two nullable columns, and an index, as seen in Kong 2.2.2.
  private static final Set<String> ADDITIVE =
      Set.of("core:012_213_to_220", "session:001_add_ttl_index");

  private AdditiveChecks() {}

  /// Adds what the comparison says, if anything.
  ///
  /// @param green what the new version's `migrations list` says of blue's keyspace
  /// @param blues blue's tables
  /// @param greens the tables of green's keyspace; empty where it is not there yet
  public static void look(
      SchemaObservation green, Catalogue blues, Catalogue greens, Findings findings) {
    if (!(green.state() instanceof SchemaState.New(_, Migrations available))
        || !ADDITIVE.containsAll(available.ids())) {
      return;
    }
    Set<String> lost = greens.isEmpty() ? Set.of() : blues.lostIn(greens);
    if (lost.isEmpty()) {
      findings.fact(
          "cassandra.additive",
          "the new version only adds to the schema: with `sameKeyspace: true` in the inventory and the"
              + " acknowledgement `same-keyspace` this cluster could be upgraded by `up` and `finish`"
              + " on blue's keyspace, without a copy",
          "new on blue's keyspace: ["
              + available
              + "]"
              + (greens.isEmpty() ? "" : "; green's keyspace has every column of blue's"));
    } else {
      findings.fact(
          "cassandra.not-additive",
          "green's keyspace lacks tables or columns of blue's, or has them with other types",
          String.join(", ", lost));
    }
  }

  /// What speaks against both versions serving from one keyspace, which each request acknowledged
  /// before anybody knew the migrations. Kong promises of `up` that the older version goes on with
  /// its schema, so this is no blocker.
  ///
  /// @param green what the new version's `migrations list` says of the shared keyspace
  public static void shared(SchemaObservation green, Findings findings) {
    switch (green.state()) {
      case SchemaState.New(_, Migrations available) -> shared(available, green, findings);
      case SchemaState.Pending(_, Migrations pending) -> shared(pending, green, findings);
      case SchemaState.Executed _,
          SchemaState.NeedsBootstrap _,
          SchemaState.PendingAndNew _,
          SchemaState.Disagreement _,
          SchemaState.Unknown _ -> {}
    }
  }

  private static void shared(Migrations run, SchemaObservation green, Findings findings) {
    TreeSet<String> unknown = new TreeSet<>(run.ids());
    unknown.removeAll(ADDITIVE);
    if (unknown.isEmpty()) {
      findings.fact(
          "cassandra.additive",
          "the new version only adds to the schema of the keyspace that both versions share",
          green.evidence());
    } else {
      findings.warning(
          "cassandra.not-known-additive",
          "both versions will serve from one keyspace, and of its migrations "
              + unknown
              + " nobody here knows whether they only add to it",
          green.evidence(),
          "read what they do; where blue may not go on with it, give the new version a keyspace of its"
              + " own: `green: {keyspace: …}` instead of `sameKeyspace: true`");
    }
  }
}
