package io.changeover.planner.journal;

import io.changeover.messages.ClusterView;
import io.changeover.messages.DeadlineView;
import io.changeover.messages.GateView;
import io.changeover.messages.HookView;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Journals as a planner would write them.
final class Journals {
  static final UpgradeId UPGRADE = new UpgradeId("u-1");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final UpgradeDecider decider = new UpgradeDecider();
  private final List<SealedEntry> entries = new ArrayList<>();
  private UpgradeState state = decider.initial();

  /// A start, the admission, and a first report.
  static Journals three() {
    Journals journal = new Journals();
    journal.take(JournalCodec.REQUEST, start(), clusterView(null));
    journal.take(JournalCodec.ADMISSION, null, null);
    journal.take(JournalCodec.REPORT, report(ReportKind.STARTED), null);
    return journal;
  }

  void take(String kind, @Nullable SpecificRecord message, @Nullable ClusterView cluster) {
    String id = "i-" + entries.size();
    RecordedInput recorded =
        JournalCodec.recorded(kind, id, AT.plusSeconds(entries.size()), 7, message, cluster, "");
    List<UpgradeEvent> events = decider.decide(state, JournalCodec.input(recorded, UPGRADE));
    state = decider.fold(state, events);
    append(UPGRADE, entries.size() + 1L, recorded, JournalCodec.events(events));
  }

  void append(
      UpgradeId upgrade,
      long seq,
      RecordedInput recorded,
      List<io.changeover.messages.UpgradeEvent> events) {
    byte[] previous = entries.isEmpty() ? JournalHash.none() : entries.getLast().hash();
    entries.add(SealedEntry.seal(upgrade, "payments-eu", seq, recorded, events, previous));
  }

  List<byte[]> bytes() {
    return new ArrayList<>(entries.stream().map(SealedEntry::bytes).toList());
  }

  List<SealedEntry> entries() {
    return entries;
  }

  UpgradeState state() {
    return state;
  }

  static RecordedInput timer() {
    return JournalCodec.recorded(JournalCodec.TIMER, "t", AT, 7, null, null, "");
  }

  static io.changeover.messages.UpgradeEvent event(String type) {
    return io.changeover.messages.UpgradeEvent.newBuilder().setType(type).setAt(AT).build();
  }

  static StartUpgrade start() {
    return StartUpgrade.newBuilder()
        .setId("r")
        .setCluster("payments-eu")
        .setToVersion("2.2.2")
        .setBy("ann")
        .build();
  }

  static PhaseReport report(ReportKind kind) {
    return PhaseReport.newBuilder()
        .setId("rep")
        .setUpgrade("u-1")
        .setCluster("payments-eu")
        .setPhase("preflight")
        .setAttempt(1)
        .setWorker("w-1")
        .setKind(kind)
        .setAt(AT)
        .build();
  }

  static ClusterView clusterView(@Nullable String running) {
    VersionView.Builder version = VersionView.newBuilder().setNodes(List.of("n-1"));
    return ClusterView.newBuilder()
        .setName("payments-eu")
        .setProcedure("shared-datastore")
        .setServing("2.1.4")
        .setVersions(
            List.of(
                version.setVersion("2.1.4").build(),
                version.setVersion("2.2.2").setProvision("green-up").build()))
        .setSteps(List.of(step(25), step(100)))
        .setGates(
            List.of(GateView.newBuilder().setName("confirm").setBefore("migrate-finish").build()))
        .setHooks(List.of(new HookView("notify", "verify", 1000L)))
        .setDeadlines(List.of(new DeadlineView("soak", 120_000L)))
        .setRunningUpgrade(running)
        .build();
  }

  private static StepView step(int weight) {
    return StepView.newBuilder().setSetWeight(weight).build();
  }
}
