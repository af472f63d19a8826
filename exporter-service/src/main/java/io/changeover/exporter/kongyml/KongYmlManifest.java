package io.changeover.exporter.kongyml;

import java.util.List;
import java.util.Map;

/// What a file holds; it lies beside it. A file without it is not whole: `kong.yml` itself has no
/// end, and a part of one still parses.
///
/// @param format of this record
/// @param cluster that it was exported from
/// @param writer `changeover`, or `kong` where Kong's own export wrote the file
/// @param sha256 of the file
/// @param bytes of the file
/// @param entities in the file, by kind
/// @param workspace the id of the source's workspace `default`
/// @param losses counts by kind of loss, see [Losses]
/// @param lost values of columns and rows of tables that are not carried
/// @param ending entities with a time to live, as `table id=…`: at the target they do not end
/// @param targetsBefore rows of targets
/// @param targetsAfter of these in the file
/// @param targetsWeightZero newest versions of targets with weight 0
/// @param config digest sums of the source's configuration, by table and workspace: rows and hex
public record KongYmlManifest(
    int format,
    String cluster,
    String writer,
    String sha256,
    long bytes,
    Map<String, Long> entities,
    String workspace,
    Map<String, Long> losses,
    Map<String, Long> lost,
    List<String> ending,
    long targetsBefore,
    long targetsAfter,
    long targetsWeightZero,
    Map<String, Map<String, Sum>> config) {

  /// The layout that this release writes and reads.
  public static final int FORMAT = 1;

  /// A digest sum.
  public record Sum(long rows, String hex) {}

  /// All entities.
  public long rows() {
    return entities.values().stream().mapToLong(Long::longValue).sum();
  }
}
