package io.changeover.exporter.cassandra.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Digest sums by table and workspace. Safe for several threads.
public final class TableDigests {

  private static final int SHORT = 12;

  private final SortedMap<String, SortedMap<String, DigestSum>> tables = new TreeMap<>();

  /// Adds what one slice gave, by workspace.
  public synchronized void add(String table, Map<String, DigestSum> workspaces) {
    SortedMap<String, DigestSum> sums = tables.computeIfAbsent(table, _ -> new TreeMap<>());
    workspaces.forEach(
        (workspace, sum) -> sums.computeIfAbsent(workspace, _ -> new DigestSum()).add(sum));
  }

  /// How many rows.
  public synchronized long rows() {
    return tables.values().stream()
        .flatMap(sums -> sums.values().stream())
        .mapToLong(DigestSum::rows)
        .sum();
  }

  /// The SHA-256 of everything, 64 digits: the fact `digest.config`.
  public synchronized String whole() {
    MessageDigest sha = RowDigest.sha256();
    tables.forEach((table, sums) -> sha.update(line(table, sums)));
    return HexFormat.of().formatHex(sha.digest());
  }

  /// `table=digest` for each table, separated by commas: the fact `digest.tables`.
  public synchronized String byTable() {
    return tables.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + of(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String of(String table, SortedMap<String, DigestSum> sums) {
    byte[] digest = RowDigest.sha256().digest(line(table, sums));
    return HexFormat.of().formatHex(digest).substring(0, SHORT);
  }

  private static byte[] line(String table, SortedMap<String, DigestSum> sums) {
    return sums.entrySet().stream()
        .filter(entry -> entry.getValue().rows() > 0)
        .map(
            entry ->
                "%s %s %d %s\n"
                    .formatted(
                        table, entry.getKey(), entry.getValue().rows(), entry.getValue().hex()))
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }
}
