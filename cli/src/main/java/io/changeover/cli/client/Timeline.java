package io.changeover.cli.client;

import io.changeover.messages.Fact;
import io.changeover.messages.HoldView;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.RefusalView;
import io.changeover.messages.UpgradeEvent;
import io.changeover.schemas.Codec;
import io.changeover.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a reader of one upgrade's journal sees: its phases, its state in one word, where it waits.
/// A view for people and reports, not the planner's state; that one is rebuilt by replay.
public final class Timeline {
  private final String upgrade;
  private final Map<String, PhaseLine> phases = new LinkedHashMap<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, String> firstFacts = new LinkedHashMap<>();
  private final List<String> refusals = new ArrayList<>();
  private final Map<String, Instant> alarms = new LinkedHashMap<>();
  private String cluster = "";
  private String procedure = "";
  private String path = "";
  private String state = "STARTING";
  private String direction = "ADVANCING";
  private @Nullable GateLine openGate;
  private @Nullable HoldView hold;
  private @Nullable Instant from;
  private @Nullable Instant to;
  private String lastFailure = "";
  private long entries;
  private int gatesOpened;

  /// @param upgrade its id
  public Timeline(String upgrade) {
    this.upgrade = upgrade;
  }

  /// One phase.
  ///
  /// @param attempts the last attempt's number
  /// @param from when its first attempt was commanded
  /// @param to when it ended, null while it runs
  /// @param until when the planner stops waiting for the last attempt, null where that is not told
  /// @param outcome `running`, `done`, `failed` or `lost`
  public record PhaseLine(
      String name,
      int attempts,
      Instant from,
      @Nullable Instant to,
      @Nullable Instant until,
      String outcome) {
    /// How long it took, or has taken until `now`.
    public Duration duration(Instant now) {
      return Duration.between(from, to == null ? now : to);
    }
  }

  /// A gate that is open.
  ///
  /// @param until when the upgrade is held if nobody has answered, null where that is not told
  /// @param why what the step said that could not tell; empty at a gate of the plan
  public record GateLine(String name, @Nullable Instant until, String why) {}

  /// Takes the next entry in.
  public void add(JournalEntry entry) {
    entries++;
    cluster = entry.getCluster();
    observed(entry.getInput().getMessage())
        .ifPresent(report -> report.getFacts().forEach(this::learn));
    entry.getEvents().forEach(event -> apply(event, entry.getInput().getAt()));
  }

  private void learn(String name, String value) {
    facts.put(name, value);
    firstFacts.putIfAbsent(name, value);
  }

  private void apply(UpgradeEvent event, Instant entryAt) {
    Instant at = event.getAt() == null ? entryAt : event.getAt();
    switch (event.getType()) {
      case "UpgradeStarted" -> begin(event, at);
      case "UpgradeAdmitted", "UpgradeResumed", "HoldReleased" -> advance();
      case "PhaseCommanded" -> command(event, at);
      case "PhaseCompleted" -> end(event, at, "done");
      case "PhaseFailed" -> end(event, at, "failed");
      case "AttemptLost" -> end(event, at, "lost");
      case "GateOpened" -> openGate(event);
      case "GatePassed", "GateRejected" -> advance();
      case "UpgradePaused" -> state = "PAUSED";
      case "UpgradeHeld" -> hold(event);
      case "RollbackStarted" -> turn("ROLLING_BACK");
      case "PointOfNoReturnPassed" -> turn("COMPLETING");
      case "RequestRefused" -> refuse(event);
      case "ReportRefused" -> alarm(event, at);
      default -> applyEnd(event, at);
    }
  }

  private void applyEnd(UpgradeEvent event, Instant at) {
    switch (event.getType()) {
      case "UpgradeFinished" -> finish("FINISHED", at);
      case "UpgradeRolledBack" -> finish("ROLLED_BACK", at);
      case "UpgradeCancelled" -> finish("CANCELLED", at);
      case "StartRefused" -> {
        refuse(event);
        finish("REFUSED", at);
      }
      default -> {
        // Heartbeats, stale reports and what later versions add change nothing here.
      }
    }
  }

  private void alarm(UpgradeEvent event, Instant at) {
    if ("blue-watch".equals(event.getPhase())) {
      event.getRefusals().forEach(refusal -> alarms.put(refusal.getRemedy(), at));
    }
  }

  private void begin(UpgradeEvent event, Instant at) {
    from = at;
    state = "QUEUED";
    if (event.getPlan() != null && !event.getPlan().getHops().isEmpty()) {
      var hops = event.getPlan().getHops();
      procedure = hops.getFirst().getProcedure();
      path = hops.getFirst().getFromVersion() + " to " + hops.getLast().getToVersion();
    }
  }

  private void openGate(UpgradeEvent event) {
    String why = "INCONCLUSIVE".equals(event.getKind()) ? lastFailure : "";
    openGate = new GateLine(String.valueOf(event.getGate()), event.getDeadline(), why);
    gatesOpened++;
    state = "AT_GATE";
  }

  private void hold(UpgradeEvent event) {
    hold = event.getHold();
    state = "HELD";
  }

  private void turn(String where) {
    openGate = null;
    direction = where;
    state = where;
  }

  /// Goes on whither it went before it waited: forward, back, or past the point of no return.
  private void advance() {
    openGate = null;
    hold = null;
    state = direction;
  }

  private void command(UpgradeEvent event, Instant at) {
    String name = String.valueOf(event.getPhase());
    int attempt = event.getAttempt() == null ? 1 : event.getAttempt();
    hold = null;
    phases.merge(
        name,
        new PhaseLine(name, attempt, at, null, event.getDeadline(), "running"),
        (old, next) ->
            new PhaseLine(name, attempt, old.from(), null, event.getDeadline(), "running"));
  }

  private void end(UpgradeEvent event, Instant at, String outcome) {
    event.getFacts().forEach((Fact fact) -> learn(fact.getName(), fact.getValue()));
    lastFailure = Objects.requireNonNullElse(event.getReason(), "");
    phases.computeIfPresent(
        String.valueOf(event.getPhase()),
        (name, old) -> new PhaseLine(name, old.attempts(), old.from(), at, old.until(), outcome));
  }

  private void finish(String end, Instant at) {
    openGate = null;
    hold = null;
    state = end;
    to = at;
  }

  private void refuse(UpgradeEvent event) {
    for (RefusalView refusal : event.getRefusals()) {
      refusals.add(
          "%s: expected %s, %s; %s"
              .formatted(
                  refusal.getReason(),
                  refusal.getExpected(),
                  refusal.getGot(),
                  refusal.getRemedy()));
    }
  }

  private static Optional<PhaseReport> observed(@Nullable ByteBuffer message) {
    if (message == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[message.remaining()];
    message.duplicate().get(bytes);
    try {
      return Codec.decode(bytes) instanceof PhaseReport report
          ? Optional.of(report)
          : Optional.empty();
    } catch (UndecodableException e) {
      return Optional.empty();
    }
  }

  /// The upgrade's id.
  public String upgrade() {
    return upgrade;
  }

  /// The cluster's name.
  public String cluster() {
    return cluster;
  }

  /// The procedure's name, empty when the start was refused.
  public String procedure() {
    return procedure;
  }

  /// From which version to which, empty when the start was refused.
  public String path() {
    return path;
  }

  /// Where it stands, in one word.
  public String state() {
    return state;
  }

  /// Whether nothing more will come.
  public boolean ended() {
    return to != null;
  }

  /// The name of the gate that it waits at.
  public Optional<String> openGate() {
    return gate().map(GateLine::name);
  }

  /// The gate that it waits at.
  public Optional<GateLine> gate() {
    return Optional.ofNullable(openGate);
  }

  /// How often a gate opened so far.
  public int gatesOpened() {
    return gatesOpened;
  }

  /// Why it stands still.
  public Optional<HoldView> hold() {
    return Optional.ofNullable(hold);
  }

  /// Its phases in the order in which they were first commanded.
  public List<PhaseLine> phases() {
    return List.copyOf(phases.values());
  }

  /// The last value of every fact that was reported.
  public Map<String, String> facts() {
    return Map.copyOf(facts);
  }

  /// The first value of every fact that was reported: a phase that is done again says anew when it
  /// saw what was so before.
  public Map<String, String> firstFacts() {
    return Map.copyOf(firstFacts);
  }

  /// What was refused, each a sentence.
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /// What workers saw that nobody had asked for, each with when it was last told.
  public Map<String, Instant> alarms() {
    return Map.copyOf(alarms);
  }

  /// How many entries were taken in.
  public long entries() {
    return entries;
  }

  /// From its start to its end, or to `now`.
  public Duration duration(Instant now) {
    return from == null ? Duration.ZERO : Duration.between(from, to == null ? now : to);
  }
}
