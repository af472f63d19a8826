package io.changeover.exporter.cassandra.dump;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.checkpoint.SliceDone.Sum;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.digest.DigestSum;
import io.changeover.exporter.cassandra.digest.TableDigests;
import io.changeover.exporter.cassandra.plan.Left;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a dump is: written last, read first.
///
/// @param format [#FORMAT] of the release that wrote it
/// @param cluster that it belongs to
/// @param keyspace of the source
/// @param release of the source's server
/// @param migrations of Kong, executed at the source, by subsystem
/// @param writtenAt milliseconds since 1970 when the last row was read: times to live of each row
///   count from the row's own time
/// @param tables in the order to import
/// @param workspaces ids of the source's workspaces
/// @param left what did not move, as the fact `copy.left` has it
/// @param weightZero what became of targets of weight 0; absent in dumps of release 3 and before
/// @param targetsBefore rows of `targets` at the source
/// @param targetsAfter of those, rows that moved
/// @param targetsWeightZero newest versions with weight 0
/// @param ttlRows rows with any cell that ends
/// @param config digests of the source's configuration by table and workspace
/// @param files by content
public record Manifest(
    int format,
    String cluster,
    String keyspace,
    String release,
    Map<String, Set<String>> migrations,
    long writtenAt,
    List<DumpedTable> tables,
    Set<UUID> workspaces,
    String left,
    @Nullable String weightZero,
    long targetsBefore,
    long targetsAfter,
    long targetsWeightZero,
    long ttlRows,
    Map<String, Map<String, Sum>> config,
    List<DumpFile> files) {

  /// What this release writes, and the newest that it reads.
  public static final int FORMAT = 1;

  public Manifest {
    migrations = Map.copyOf(migrations);
    tables = List.copyOf(tables);
    workspaces = Set.copyOf(workspaces);
    config = Map.copyOf(config);
    files = List.copyOf(files);
  }

  /// A table.
  ///
  /// @param columns in the order of the rows' values
  public record DumpedTable(String name, UUID id, int defaultTtl, List<Column> columns) {
    public DumpedTable {
      columns = List.copyOf(columns);
    }
  }

  /// A file: an Avro container, compressed, then encrypted.
  ///
  /// @param sha256 of the encrypted bytes, and the file's name
  public record DumpFile(String table, int slice, long rows, long bytes, String sha256) {}

  /// How many rows.
  @JsonIgnore
  public long rows() {
    return files.stream().mapToLong(DumpFile::rows).sum();
  }

  /// How many bytes the files have.
  @JsonIgnore
  public long bytes() {
    return files.stream().mapToLong(DumpFile::bytes).sum();
  }

  /// How many rows a table has.
  long rows(String table) {
    return files.stream()
        .filter(file -> file.table().equals(table))
        .mapToLong(DumpFile::rows)
        .sum();
  }

  /// Whether a dump of this job would have the same tables, columns and omissions.
  public boolean isOf(CopyJob job) {
    return left.equals(left(job))
        && job.policy().weightZeroTargets().word().equals(weightZero)
        && tables.equals(tables(job));
  }

  static String left(CopyJob job) {
    return job.plan().left().stream().map(Left::toString).collect(Collectors.joining(","));
  }

  static List<DumpedTable> tables(CopyJob job) {
    return job.plan().tables().stream()
        .map(
            table ->
                new DumpedTable(
                    table.name(),
                    table.source().id(),
                    table.source().defaultTtl(),
                    table.columns()))
        .toList();
  }

  /// The digests of the source's configuration.
  public TableDigests digests() {
    TableDigests digests = new TableDigests();
    config.forEach(
        (table, texts) -> {
          Map<String, DigestSum> sums = new TreeMap<>();
          texts.forEach(
              (workspace, sum) -> sums.put(workspace, DigestSum.of(sum.rows(), sum.hex())));
          digests.add(table, sums);
        });
    return digests;
  }
}
