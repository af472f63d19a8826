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

  /// The side whose Admin API takes writes, `blue`, `green` or `none`.
  public static final String ADMIN_OPEN = "admin.open";

  /// `true` when the router enforces [#ADMIN_OPEN], `false` when nothing but policy does.
  public static final String ADMIN_FENCED = "admin.fenced";

  /// The side whose Admin API answers reads and nothing else, `blue`; absent where none is frozen.
  public static final String ADMIN_FROZEN = "admin.frozen";

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

  /// SHA-256 (hex) of blue's Kong configuration, independent of row order. What Kong itself writes
  /// while it serves (tokens, sessions, ACME, rows with a time to live) is left out.
  public static final String DIGEST_CONFIG = "digest.config";

  /// The same by table, `routes=1f2e3d4c,services=…`, so that a change can be named.
  public static final String DIGEST_TABLES = "digest.tables";

  /// Rows of configuration in a new keyspace beyond those of its bootstrap and of the copy itself.
  public static final String KEYSPACE_ROWS = "keyspace.rows";

  public static final String COPY_ROWS = "copy.rows";
  public static final String COPY_TABLES = "copy.tables";
  public static final String COPY_MS = "copy.ms";
  public static final String COPY_ROWS_PER_SECOND = "copy.rowsPerSecond";

  /// Rows that kept a time to live.
  public static final String COPY_TTL_ROWS = "copy.ttlRows";

  /// Tables that did not move, `locks:never,my_table:leave`.
  public static final String COPY_LEFT = "copy.left";

  /// Rows that were about to expire.
  public static final String COPY_SKIPPED = "copy.skipped";

  /// Targets with their history, targets folded to the newest of each address, and of these the
  /// ones of weight 0.
  public static final String COPY_TARGETS_BEFORE = "copy.targetsBefore";

  public static final String COPY_TARGETS_AFTER = "copy.targetsAfter";
  public static final String COPY_TARGETS_WEIGHT_ZERO = "copy.targetsWeightZero";

  /// Rows that the passes after the copy wrote and removed, and how many passes there were.
  public static final String DELTA_ROWS = "delta.rows";

  public static final String DELTA_DELETED = "delta.deleted";
  public static final String DELTA_PASSES = "delta.passes";

  /// `true` when both keyspaces say the same, else `false`.
  public static final String COMPARE_EQUAL = "compare.equal";

  /// Share of the token ring that was read on both sides; `1` is the whole.
  public static final String COMPARE_COVERAGE = "compare.coverage";

  public static final String COMPARE_ROWS = "compare.rows";

  /// The first differences, short, without the values of secret fields.
  public static final String COMPARE_DIFF = "compare.diff";

  /// Rows of tokens, codes, sessions and ACME that blue's nodes wrote after the copy: they follow
  /// with the cut.
  public static final String COMPARE_LATE = "compare.late";

  /// What was found beside the comparison, by kind with counts: `orphans=2,doubled=0,…`.
  public static final String COMPARE_FINDINGS = "compare.findings";

  public static final String DUMP_SHA256 = "dump.sha256";
  public static final String DUMP_PATH = "dump.path";
  public static final String DUMP_BYTES = "dump.bytes";
  public static final String DUMP_FILES = "dump.files";

  /// What a comparison has accepted on the way kong-yml, by kind with rows:
  /// `flattened=5,permanent=3,…`.
  public static final String COMPARE_LOSSES = "compare.losses";

  /// What the file cannot carry, on the way kong-yml, by kind with counts, then tables and columns:
  /// `flattened=5,permanent=3,…;my_table:12`.
  public static final String DUMP_LOSES = "dump.loses";

  /// How many entities there are, by workspace: `default=12,team-a=3`, sorted by name.
  public static final String ENTITIES_BEFORE = "entities.before";

  public static final String ENTITIES_AFTER = "entities.after";

  /// `true` when the new version took the declarative file.
  public static final String CONFIG_PARSED = "config.parsed";

  /// Time without service in seconds, from the command that closed blue to green open.
  public static final String DOWNTIME_SECONDS = "downtime.seconds";

  /// When the analysis failed, and when the router was observed to send green nothing more.
  public static final String BREACH_AT = "breach.at";

  public static final String ZERO_AT = "zero.at";

  /// Where latencies came from: `log` (per request) or `average` (the router's own averages).
  public static final String LATENCY_SOURCE = "latency.source";

  public static final String DURATION_MS = "duration.ms";

  private Facts() {}
}
