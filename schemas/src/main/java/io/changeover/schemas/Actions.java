package io.changeover.schemas;

/// What a [io.changeover.messages.PhaseCommand] can ask for.
public final class Actions {
  public static final String PREFLIGHT = "preflight";
  public static final String PREFLIGHT_ROUTER = "preflight-router";
  public static final String BACKUP = "backup";
  public static final String FENCE_ADMIN = "fence-admin";
  public static final String MIGRATE_UP = "migrate-up";
  public static final String START_NODES = "start-nodes";
  public static final String SHIFT = "shift";
  public static final String SOAK = "soak";
  public static final String DRAIN = "drain";
  public static final String STOP_NODES = "stop-nodes";
  public static final String MIGRATE_FINISH = "migrate-finish";
  public static final String OPEN_ADMIN = "open-admin";
  public static final String VERIFY = "verify";
  public static final String RESTORE_TRAFFIC = "restore-traffic";
  public static final String VERIFY_ROLLBACK = "verify-rollback";

  /// Blue's Admin API takes no more writes; reads pass.
  public static final String FREEZE_ADMIN = "freeze-admin";

  /// A new keyspace gets the new version's schema.
  public static final String BOOTSTRAP = "bootstrap";

  /// The new version reads the declarative file of a cluster without datastore.
  public static final String PARSE_CONFIG = "parse-config";

  /// Rows stream from blue's keyspace to green's, until no pass finds anything new.
  public static final String COPY = "copy";

  /// The same in three parts, where the keyspaces can't see each other or Kong's own tools do it.
  public static final String EXPORT = "export";

  public static final String TRANSFER = "transfer";
  public static final String IMPORT = "import";

  /// Both keyspaces are read whole and compared row by row.
  public static final String COMPARE = "compare";

  /// What was written to blue since the last pass follows, until no pass finds anything new.
  public static final String DELTA = "delta";

  private Actions() {}
}
