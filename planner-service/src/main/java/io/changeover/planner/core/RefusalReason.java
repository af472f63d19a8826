package io.changeover.planner.core;

/// The stable names of refusals: a valid sender at the wrong time, or a request that cannot work.
public enum RefusalReason {
  // A start that cannot work.
  UNKNOWN_CLUSTER,
  UNKNOWN_VERSION,
  SERVING_DIFFERS,
  VERSION_UNREADABLE,
  NOT_AN_UPGRADE,
  OFF_PATH,
  SKIPPED_HOP,
  DOWNTIME_NOT_ACKNOWLEDGED,
  BACKUP_NOT_ACKNOWLEDGED,
  UNKNOWN_BACKUP,
  PROCEDURE_NOT_SUPPORTED,
  NO_NODES,
  STEPS_NOT_RISING,
  UNKNOWN_PHASE_NAMED,
  NAME_TAKEN,
  SETTING_OUT_OF_RANGE,
  ALREADY_RUNNING,
  ALREADY_STARTED,
  // A request at the wrong time.
  UNKNOWN_UPGRADE,
  WRONG_CLUSTER,
  UPGRADE_ENDED,
  NOT_ADMITTED,
  GATE_NOT_OPEN,
  ANSWER_UNKNOWN,
  NOT_RUNNING,
  ALREADY_PAUSED,
  NOT_PAUSED,
  NOT_HELD,
  ALREADY_ROLLING_BACK,
  PAST_POINT_OF_NO_RETURN,
  // A report that does not belong to what runs.
  STALE,
  DUPLICATE,
  UNKNOWN_PHASE,
  AHEAD
}
