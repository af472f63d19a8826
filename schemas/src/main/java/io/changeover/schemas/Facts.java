package io.changeover.schemas;

/// Names of what a report observed. Values are text: numbers in decimal, shares from 0 to 1,
/// durations in milliseconds, times as ISO instants. The planner lets a phase count as done only
/// with the facts that prove it.
public final class Facts {
  /// `needs-bootstrap`, `executed`, `pending`, `new`, `pending-and-new` or `unknown`.
  public static final String SCHEMA_STATE = "schema.state";

  public static final String SCHEMA_BEFORE = "schema.before";
  public static final String SCHEMA_AFTER = "schema.after";

  /// Pending migrations, `core:012_213_to_220` joined by commas; empty for none.
  public static final String SCHEMA_PENDING = "schema.pending";

  /// Weight of a side as the router says it, in percent of the whole.
  public static final String WEIGHT_BLUE = "weight.blue";

  public static final String WEIGHT_GREEN = "weight.green";

  /// The split that was found where another was expected, `blue=60,green=40`.
  public static final String WEIGHT_FOUND = "weight.found";

  /// Share of the requests seen in the phase's last window that green served.
  public static final String SHARE_GREEN = "share.green";

  public static final String REQUESTS_BLUE = "requests.blue";
  public static final String REQUESTS_GREEN = "requests.green";
  public static final String SESSIONS_BLUE = "sessions.blue";

  /// The side whose Admin API takes writes, `blue` or `green`.
  public static final String ADMIN_OPEN = "admin.open";

  /// `true` when the router enforces [#ADMIN_OPEN], `false` when nothing but policy does.
  public static final String ADMIN_FENCED = "admin.fenced";

  /// Nodes of the command's side seen running, and of these seen healthy.
  public static final String NODES_RUNNING = "nodes.running";

  public static final String NODES_HEALTHY = "nodes.healthy";

  /// What became of blue's database login: `revoked`, `granted` or `none` (no role of its own).
  public static final String FENCE_ROLE = "fence.role";

  public static final String BACKUP_SHA256 = "backup.sha256";
  public static final String BACKUP_PATH = "backup.path";
  public static final String BACKUP_ROWS = "backup.rows";
  public static final String BACKUP_TABLES = "backup.tables";
  public static final String BACKUP_BYTES = "backup.bytes";

  /// SHA-256 (hex) of the Kong configuration, independent of row order.
  public static final String DIGEST_CONFIG = "digest.config";

  /// When the analysis failed, and when the router was observed to send green nothing more.
  public static final String BREACH_AT = "breach.at";

  public static final String ZERO_AT = "zero.at";

  /// Where latencies came from: `log` (per request) or `average` (the router's own averages).
  public static final String LATENCY_SOURCE = "latency.source";

  public static final String DURATION_MS = "duration.ms";

  public static final String ADMIN_FROZEN = "admin.frozen";
  public static final String KEYSPACE_ROWS = "keyspace.rows";

  private Facts() {}
}
