package io.changeover.planner.core;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What has been proven so far; the invariants rest on it and on nothing else.
///
/// @param weightGreen green's share of new requests in percent, as last observed
/// @param trafficOnGreen all traffic was observed on green
/// @param soaked green carried everything for as long as was asked
/// @param blueStopped no node of blue was observed running
/// @param adminOpen the side whose Admin API takes writes or `none`; empty while nobody has looked
/// @param schema the schema's state as last observed, empty while nobody has looked
/// @param copied what is known of a copy between keyspaces
/// @param seen what only some procedures ask for
public record Evidence(
    int weightGreen,
    boolean trafficOnGreen,
    boolean soaked,
    boolean blueStopped,
    String adminOpen,
    String schema,
    List<String> gatesPassed,
    Copied copied,
    Seen seen) {
  static final Evidence NONE =
      new Evidence(0, false, false, false, "", "", List.of(), Copied.NONE, Seen.NONE);

  public Evidence {
    gatesPassed = List.copyOf(gatesPassed);
  }

  Evidence passed(String gate) {
    List<String> passed = Stream.concat(gatesPassed.stream(), Stream.of(gate)).distinct().toList();
    return new Evidence(
        weightGreen, trafficOnGreen, soaked, blueStopped, adminOpen, schema, passed, copied, seen);
  }

  /// With what a proven phase shows.
  Evidence after(Phase phase, Map<String, String> facts) {
    return switch (phase.action()) {
      case PREFLIGHT, VERIFY -> schema(facts.getOrDefault("schema.state", ""));
      case MIGRATE_UP, MIGRATE_FINISH -> schema(facts.getOrDefault("schema.after", ""));
      case FENCE_ADMIN, FREEZE_ADMIN, OPEN_ADMIN -> admin(facts.getOrDefault("admin.open", ""));
      case PREFLIGHT_ROUTER, RESTORE_TRAFFIC -> weight(Proof.percent(facts, "weight.green"), false);
      case SHIFT -> weight(Proof.percent(facts, "weight.green"), false);
      case SOAK -> weight(Proof.percent(facts, "weight.green"), true);
      case STOP_NODES -> blue(phase) ? blue(true) : this;
      case START_NODES -> blue(phase) ? blue(false) : this;
      case BOOTSTRAP -> copied(copied.onNewKeyspace());
      case COPY, IMPORT -> copied(copied.filled(Digest.of(facts)));
      case EXPORT -> copied(copied.exported(sha256(facts), Digest.of(facts)));
      case TRANSFER -> copied(copied.transferred(sha256(facts)));
      case COMPARE -> copied(copied.compared(Digest.of(facts)));
      case DRAIN -> copied(copied.drainedOfBlue());
      case DELTA -> copied(copied.followed(Digest.of(facts)));
      case BACKUP, PARSE_CONFIG, VERIFY_ROLLBACK, RUNBOOK -> this;
    };
  }

  /// In a hybrid cluster blue is there as long as its control planes are: they stop last.
  private static boolean blue(Phase phase) {
    return phase.side() == Side.BLUE && phase.role() != Role.DATA_PLANE;
  }

  private static String sha256(Map<String, String> facts) {
    return facts.getOrDefault("dump.sha256", "");
  }

  private Evidence schema(String state) {
    return new Evidence(
        weightGreen,
        trafficOnGreen,
        soaked,
        blueStopped,
        adminOpen,
        state,
        gatesPassed,
        copied,
        seen);
  }

  private Evidence admin(String side) {
    return new Evidence(
        weightGreen, trafficOnGreen, soaked, blueStopped, side, schema, gatesPassed, copied, seen);
  }

  private Evidence weight(int percent, boolean soakedNow) {
    return new Evidence(
        percent,
        percent == 100,
        soakedNow,
        blueStopped,
        adminOpen,
        schema,
        gatesPassed,
        copied,
        seen);
  }

  private Evidence blue(boolean stopped) {
    return new Evidence(
        weightGreen, trafficOnGreen, soaked, stopped, adminOpen, schema, gatesPassed, copied, seen);
  }

  private Evidence copied(Copied now) {
    return new Evidence(
        weightGreen,
        trafficOnGreen,
        soaked,
        blueStopped,
        adminOpen,
        schema,
        gatesPassed,
        now,
        seen);
  }

  Evidence seen(Seen now) {
    return new Evidence(
        weightGreen,
        trafficOnGreen,
        soaked,
        blueStopped,
        adminOpen,
        schema,
        gatesPassed,
        copied,
        now);
  }
}
