package io.changeover.cli;

import io.changeover.messages.ClusterView;
import io.changeover.messages.GateView;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.RecordedInput;
import io.changeover.messages.ReportKind;
import io.changeover.messages.StartUpgrade;
import io.changeover.messages.StepView;
import io.changeover.messages.VersionView;
import io.changeover.planner.core.UpgradeDecider;
import io.changeover.planner.core.UpgradeEvent;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeState;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.planner.journal.JournalHash;
import io.changeover.planner.journal.SealedEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The journal of one upgrade as the planner would write it: the start, the admission, and the
/// first worker's first word.
final class WrittenJournal {
  static final String CLUSTER = "payments-eu";
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final String upgrade;
  private final UpgradeDecider decider = new UpgradeDecider();
  private final List<SealedEntry> entries = new ArrayList<>();
  private UpgradeState state = decider.initial();

  WrittenJournal(String upgrade) {
    this(upgrade, "ann");
  }

  /// @param by who asked for it
  WrittenJournal(String upgrade, String by) {
    this.upgrade = upgrade;
    take(JournalCodec.REQUEST, start(by), cluster());
    take(JournalCodec.ADMISSION, null, null);
    take(JournalCodec.REPORT, report(ReportKind.STARTED), null);
  }

  List<SealedEntry> entries() {
    return List.copyOf(entries);
  }

  /// The record's value of the entry with that number.
  byte[] bytes(int seq) {
    return entries.get(seq - 1).bytes();
  }

  /// What the planner stores of it.
  byte[] state() {
    return JournalCodec.snapshot(state);
  }

  /// Goes on by one entry.
  WrittenJournal progress() {
    take(JournalCodec.REPORT, report(ReportKind.PROGRESS), null);
    return this;
  }

  private void take(String kind, @Nullable SpecificRecord message, @Nullable ClusterView cluster) {
    UpgradeId id = new UpgradeId(upgrade);
    int before = entries.size();
    RecordedInput recorded =
        JournalCodec.recorded(kind, "i-" + before, AT.plusSeconds(before), 7, message, cluster, "");
    List<UpgradeEvent> events = decider.decide(state, JournalCodec.input(recorded, id));
    state = decider.fold(state, events);
    byte[] previous = entries.isEmpty() ? JournalHash.none() : entries.getLast().hash();
    entries.add(
        SealedEntry.seal(
            id, CLUSTER, before + 1L, recorded, JournalCodec.events(events), previous));
  }

  private static StartUpgrade start(String by) {
    return StartUpgrade.newBuilder()
        .setId("r")
        .setCluster(CLUSTER)
        .setToVersion("2.2.2")
        .setBy(by)
        .build();
  }

  private PhaseReport report(ReportKind kind) {
    return PhaseReport.newBuilder()
        .setId("rep-" + entries.size())
        .setUpgrade(upgrade)
        .setCluster(CLUSTER)
        .setPhase("preflight")
        .setAttempt(1)
        .setWorker("w-1")
        .setKind(kind)
        .setAt(AT)
        .build();
  }

  private static ClusterView cluster() {
    VersionView.Builder version = VersionView.newBuilder().setNodes(List.of("n-1"));
    return ClusterView.newBuilder()
        .setName(CLUSTER)
        .setProcedure("shared-datastore")
        .setServing("2.1.4")
        .setVersions(
            List.of(version.setVersion("2.1.4").build(), version.setVersion("2.2.2").build()))
        .setSteps(List.of(StepView.newBuilder().setSetWeight(100).build()))
        .setGates(
            List.of(GateView.newBuilder().setName("confirm").setBefore("migrate-finish").build()))
        .build();
  }
}
