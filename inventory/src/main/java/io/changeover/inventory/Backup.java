package io.changeover.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Whether and how the datastore is saved before anything changes it.
///
/// @param pgDump argv prefix of `pg_dump`, for [Mode#PG_DUMP]
/// @param folder where backups go, on the exporter-service's machine
/// @param formats what is written beside the backup, never in its place
public record Backup(Mode mode, List<String> pgDump, Path folder, Set<Format> formats) {

  public Backup {
    formats = Set.copyOf(formats);
  }

  /// A further file of a backup.
  public enum Format {
    /// Kong's declarative file, which loses workspaces and the time to live of credentials.
    KONG_YML("kong-yml");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    /// The word used in inventory files.
    public String word() {
      return word;
    }
  }

  /// How.
  public enum Mode {
    /// COPY of every table, in one snapshot.
    COPY("copy"),
    /// PostgreSQL's own tool.
    PG_DUMP("pg_dump"),
    /// Not at all; the request must acknowledge `backup-off`.
    OFF("off");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    /// The word used in inventory files and messages.
    public String word() {
      return word;
    }
  }
}
