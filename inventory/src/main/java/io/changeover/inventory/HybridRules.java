package io.changeover.inventory;

import java.util.Optional;

/// What control planes and data planes ask of their inventory, as observed on Kong 2.1.4 and 2.2.2.
final class HybridRules {

  private static final int NOT_FOUND = 404;

  private HybridRules() {}

  static void check(Cluster cluster, Section section) {
    if (cluster.procedure() == Procedure.KEYSPACE_COPY) {
      section.problem(
          "topology",
          "`hybrid` with a keyspace of green's own",
          "`sameKeyspace: true`, or postgres");
    }
    probe(cluster, section);
  }

  /// Of a data plane nothing else tells whether it has a configuration: without one its `/status`
  /// is 200, and every request is answered 404. Nothing has a route yet where nothing serves.
  private static void probe(Cluster cluster, Section section) {
    Optional<Probe> probe = cluster.probe();
    if (probe.isEmpty() && !cluster.serving().isEmpty()) {
      section.problem(
          "probe",
          "a hybrid cluster without a `probe`",
          "`probe` of a route that every data plane serves: without a configuration its /status is"
              + " 200 all the same");
    } else if (probe.filter(one -> one.expect() == NOT_FOUND).isPresent()) {
      section.problem(
          "probe",
          "`expect: 404` of a hybrid cluster",
          "the status of a known route: 404 is what a data plane without any configuration answers");
    }
  }
}
