package io.changeover.inventory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How a new keyspace is filled from the old one.
///
/// @param export who writes `kong.yml`; always [Export#CHANGEOVER] on the other ways
/// @param leave further tables, and columns as `table.column`, that never move, beside those that
///   cannot (locks, schema_meta …)
/// @param include families of tables that are left out unless they are named here
/// @param expiring rows whose time to live ends sooner than this are skipped
/// @param inFlight writes that may wait for their answers at a time
/// @param ranges token ranges that are read at a time
/// @param readRate rows per second at the source, 0 for no limit
/// @param writeRate rows per second at the target, 0 for no limit
/// @param folder on the exporter-service's machine: checkpoints, and what `export` writes
/// @param artifacts where `transfer` takes what `export` wrote
/// @param key 32 bytes in base64 that dump files are encrypted with; empty only where none is
///   written
public record CopyPolicy(
    Way way,
    Export export,
    List<String> leave,
    Set<Family> include,
    WeightZero weightZeroTargets,
    Duration expiring,
    int inFlight,
    int ranges,
    int readRate,
    int writeRate,
    Path folder,
    Path artifacts,
    Secret key) {

  /// What is used where the file does not say.
  public static final CopyPolicy USUAL =
      new CopyPolicy(
          Way.COPY,
          Export.CHANGEOVER,
          List.of(),
          Set.of(),
          WeightZero.KEEP,
          Duration.ofSeconds(30),
          256,
          4,
          0,
          0,
          Path.of("/var/lib/changeover/copy"),
          Path.of("/var/lib/changeover/copy/artifacts"),
          Secret.EMPTY);

  public CopyPolicy {
    leave = List.copyOf(leave);
    include = Set.copyOf(include);
  }

  /// How the rows travel.
  public enum Way {
    /// From keyspace to keyspace, streaming.
    COPY("copy"),
    /// Through encrypted files, where the stores can't see each other.
    DUMP("dump"),
    /// By a `kong.yml` and Kong's own `config db_import`, which lose workspaces and the time to
    /// live of credentials.
    KONG_YML("kong-yml");

    private final String word;

    Way(String word) {
      this.word = word;
    }

    /// The word used in inventory files and messages.
    public String word() {
      return word;
    }
  }

  /// Who writes `kong.yml` on the way [Way#KONG_YML].
  public enum Export {
    /// The exporter-service, row by row.
    CHANGEOVER("changeover"),
    /// Blue's own `kong config db_export`, whose file is held to the store before it is used.
    KONG("kong");

    private final String word;

    Export(String word) {
      this.word = word;
    }

    /// The word used in inventory files and manifests.
    public String word() {
      return word;
    }
  }

  /// Tables that grow without being configuration.
  public enum Family {
    /// Kong Enterprise's own statistics.
    VITALS("vitals"),
    /// Kong Enterprise's audit log.
    AUDIT("audit");

    private final String word;

    Family(String word) {
      this.word = word;
    }

    /// The word used in inventory files.
    public String word() {
      return word;
    }
  }

  /// What becomes of targets whose newest weight is 0: Kong 2.1 means by it that the target was
  /// removed, 2.2 keeps such a target and sends it nothing.
  public enum WeightZero {
    KEEP("keep"),
    DROP("drop");

    private final String word;

    WeightZero(String word) {
      this.word = word;
    }

    /// The word used in inventory files.
    public String word() {
      return word;
    }
  }
}
