package io.changeover.cli.demo;

import io.changeover.messages.AnswerGate;
import io.changeover.messages.StartUpgrade;

/// What tests ask of the demo's cluster.
final class Asked {
  static final String BY = "test";

  private Asked() {}

  /// @param upgrade the request's id, and so the upgrade's
  static StartUpgrade start(Topology place, String upgrade) {
    return StartUpgrade.newBuilder()
        .setId(upgrade)
        .setCluster(Topology.CLUSTER)
        .setToVersion(place.to())
        .setBy(BY)
        .build();
  }

  /// The same message id each time: a repeat is dropped.
  static AnswerGate approval(String upgrade, String gate) {
    return AnswerGate.newBuilder()
        .setId(upgrade + "/" + gate)
        .setCluster(Topology.CLUSTER)
        .setUpgrade(upgrade)
        .setGate(gate)
        .setAnswer("APPROVED")
        .setBy(BY)
        .build();
  }
}
