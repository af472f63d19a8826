package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.changeover.migrator.report.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Tombstones and large partitions of the keyspace that is read. Cassandra 4 shows both in
/// `system_views`, older ones only estimates of sizes.
record LoadChecks(String keyspace) implements CqlCheck {

  /// Cassandra warns at this many tombstones a read (`tombstone_warn_threshold`).
  private static final double MANY_TOMBSTONES = 1000;

  /// Above this a partition is called large (`compaction_large_partition_warning_threshold`).
  private static final double LARGE_MEBIBYTES = 100;

  private static final double MEBIBYTE = 1024.0 * 1024;

  @Override
  public String name() {
    return "tombstones and large partitions";
  }

  @Override
  public void look(CqlSession session, Findings findings) {
    tombstones(session, findings);
    partitions(session, findings);
  }

  private void tombstones(CqlSession session, Findings findings) {
    try {
      List<String> many = new ArrayList<>();
      for (Row row :
          session.execute(
              "SELECT table_name, max FROM system_views.tombstones_per_read WHERE keyspace_name = ?"
                  + " ALLOW FILTERING",
              keyspace)) {
        double most = number(row, 1);
        if (most >= MANY_TOMBSTONES) {
          many.add(row.getString(0) + " up to " + (long) most);
        }
      }
      if (many.isEmpty()) {
        findings.fact(
            "cassandra.tombstones",
            "no table was read over many tombstones lately",
            "system_views.tombstones_per_read of the node that was asked");
      } else {
        findings.warning(
            "cassandra.tombstones",
            "reads of blue's keyspace pass many tombstones",
            String.join(", ", many),
            "let compactions catch up, or compact these tables: reads of the whole keyspace may time"
                + " out");
      }
    } catch (InvalidQueryException | UnauthorizedException unseen) {
      findings.fact(
          "cassandra.tombstones-unseen",
          "how many tombstones are read can't be seen from here",
          String.valueOf(unseen.getMessage()));
    }
  }

  private void partitions(CqlSession session, Findings findings) {
    TreeMap<String, Double> sizes = new TreeMap<>();
    try {
      session
          .execute(
              "SELECT table_name, mean_partition_size FROM system.size_estimates"
                  + " WHERE keyspace_name = ?",
              keyspace)
          .forEach(
              row ->
                  sizes.merge(
                      String.valueOf(row.getString(0)), row.getLong(1) / MEBIBYTE, Math::max));
      session
          .execute(
              "SELECT table_name, mebibytes FROM system_views.max_partition_size"
                  + " WHERE keyspace_name = ? ALLOW FILTERING",
              keyspace)
          .forEach(row -> sizes.merge(String.valueOf(row.getString(0)), number(row, 1), Math::max));
    } catch (InvalidQueryException | UnauthorizedException olderOrHidden) {
      // The estimates are all there is.
    }
    judge(sizes, findings);
  }

  /// Pure.
  ///
  /// @param sizes mebibytes by table
  static void judge(TreeMap<String, Double> sizes, Findings findings) {
    List<String> large =
        sizes.entrySet().stream()
            .filter(entry -> entry.getValue() >= LARGE_MEBIBYTES)
            .map(entry -> entry.getKey() + " " + Math.round(entry.getValue()) + " MiB")
            .toList();
    if (large.isEmpty()) {
      findings.fact(
          "cassandra.partitions",
          "no large partition is known",
          sizes.isEmpty() ? "no estimates yet" : "largest by table " + sizes.keySet());
    } else {
      findings.warning(
          "cassandra.partitions",
          "blue's keyspace has large partitions",
          String.join(", ", large),
          "reads of them are slow and may time out: lower copy.ranges, and look at what fills them");
    }
  }

  private static double number(Row row, int column) {
    Object value = row.getObject(column);
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
