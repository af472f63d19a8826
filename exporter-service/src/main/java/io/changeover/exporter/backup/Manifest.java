package io.changeover.exporter.backup;

import java.util.List;
import java.util.Optional;

/// What a backup holds. Written last: a folder without it is not a backup.
///
/// @param format the version of this layout, [#FORMAT]
/// @param kind `copy` or `pg_dump`
/// @param createdAt an ISO instant
/// @param files every file of the backup but the manifest itself
/// @param tables for `copy`, the tables in the order in which they were read; for `pg_dump`, their
///   names and rows
public record Manifest(
    int format,
    String kind,
    String cluster,
    String upgrade,
    int attempt,
    String createdAt,
    long durationMillis,
    String serverVersion,
    String database,
    String schema,
    List<FileEntry> files,
    List<TableEntry> tables) {

  /// The layout that this release writes and reads.
  public static final int FORMAT = 1;

  static final String COPY = "copy";
  static final String PG_DUMP = "pg_dump";

  /// One file.
  ///
  /// @param sha256 hexadecimal, of the file as it lies there
  public record FileEntry(String name, long bytes, String sha256) {}

  /// One table.
  ///
  /// @param file where its rows are; empty for `pg_dump`
  public record TableEntry(String name, String file, List<ColumnEntry> columns, long rows) {}

  /// One column.
  public record ColumnEntry(String name, String type) {}

  /// All rows.
  public long rows() {
    return tables.stream().mapToLong(TableEntry::rows).sum();
  }

  /// The size of all files.
  public long bytes() {
    return files.stream().mapToLong(FileEntry::bytes).sum();
  }

  /// What is written of one file.
  public Optional<FileEntry> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }
}
