package io.changeover.planner.core;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has been proven that only some procedures ask for; [#NONE] on a plain shared datastore and
/// where keyspaces are copied.
///
/// @param controlPlanesUp green's control planes run
/// @param dataPlanesStopped no data plane of blue runs
/// @param parsed the new binary took the declarative file
/// @param saved a backup was made
/// @param drained blue's sessions have ended, or had their time
/// @param entities how many entities there are by workspace, before the first migration; empty
///   where nobody counted
/// @param closedSince when blue was told to take no more requests, null while it takes them
public record Seen(
    boolean controlPlanesUp,
    boolean dataPlanesStopped,
    boolean parsed,
    boolean saved,
    boolean drained,
    String entities,
    @Nullable Instant closedSince) {
  public static final Seen NONE = new Seen(false, false, false, false, false, "", null);

  /// With what a proven phase shows, where the procedure asks for it.
  Seen after(Procedure procedure, Phase phase, Map<String, String> facts) {
    return switch (procedure) {
      case Procedure.Shared _, Procedure.Copy _ -> this;
      case Procedure.Downtime _,
          Procedure.Community _,
          Procedure.Hybrid _,
          Procedure.DbLess _,
          Procedure.Fresh _ ->
          after(phase, facts);
    };
  }

  private Seen after(Phase phase, Map<String, String> facts) {
    String counted = facts.getOrDefault("entities.before", "");
    return switch (phase.action()) {
      case PREFLIGHT -> counting(counted);
      case BACKUP ->
          new Seen(controlPlanesUp, dataPlanesStopped, parsed, true, drained, entities, closedSince)
              .counting(counted);
      case PARSE_CONFIG ->
          new Seen(controlPlanesUp, dataPlanesStopped, true, saved, drained, entities, closedSince);
      case DRAIN ->
          new Seen(controlPlanesUp, dataPlanesStopped, parsed, saved, true, entities, closedSince);
      case START_NODES -> nodes(phase, true);
      case STOP_NODES -> nodes(phase, false);
      case RESTORE_TRAFFIC -> closing(null);
      case PREFLIGHT_ROUTER,
          FENCE_ADMIN,
          FREEZE_ADMIN,
          MIGRATE_UP,
          BOOTSTRAP,
          COPY,
          EXPORT,
          TRANSFER,
          IMPORT,
          COMPARE,
          SHIFT,
          SOAK,
          DELTA,
          MIGRATE_FINISH,
          OPEN_ADMIN,
          VERIFY,
          VERIFY_ROLLBACK,
          RUNBOOK ->
          this;
    };
  }

  private Seen nodes(Phase phase, boolean up) {
    boolean green = phase.side() == Side.GREEN;
    return new Seen(
        (green && phase.role() == Role.CONTROL_PLANE) ? up : controlPlanesUp,
        (!green && phase.role() == Role.DATA_PLANE) ? !up : dataPlanesStopped,
        parsed,
        saved,
        drained,
        entities,
        closedSince);
  }

  private Seen counting(String counted) {
    return counted.isEmpty()
        ? this
        : new Seen(
            controlPlanesUp, dataPlanesStopped, parsed, saved, drained, counted, closedSince);
  }

  Seen closing(@Nullable Instant since) {
    return new Seen(controlPlanesUp, dataPlanesStopped, parsed, saved, drained, entities, since);
  }
}
