package io.changeover.cli.demo;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.cli.client.Timeline;
import io.changeover.schemas.Facts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must hold of the copy of a keyspace, looked up row by row in both.
final class CopyVerdict {
  private CopyVerdict() {}

  static void add(OnCassandra keyspaces, Timeline timeline, List<Check> checks) {
    if (!timeline.facts().containsKey(Facts.COPY_ROWS)) {
      checks.add(new Check("both keyspaces hold the same configuration", false, "no copy ended"));
      return;
    }
    if (keyspaces.way() == CopyWay.KONG_YML) {
      accepted(timeline, checks);
      return;
    }
    try (CqlSession session = keyspaces.session()) {
      KeyspaceRows rows = new KeyspaceRows(session);
      Set<String> differing = rows.differing(OnCassandra.BLUE, OnCassandra.GREEN);
      checks.add(
          new Check(
              "both keyspaces hold the same configuration",
              differing.isEmpty(),
              differing.isEmpty()
                  ? timeline.facts().getOrDefault(Facts.COPY_ROWS, "?")
                      + " rows copied, nothing differs"
                  : "these tables differ: " + differing));
      long blue = rows.expiring(OnCassandra.BLUE);
      long green = rows.expiring(OnCassandra.GREEN);
      checks.add(
          new Check(
              "rows that end by themselves still do",
              blue == green && blue > 0,
              "%d in blue's keyspace, %d in green's".formatted(blue, green)));
    }
  }

  /// Kong's import changes rows, so that only the comparison by its rules can say whether they are
  /// what they should be.
  private static void accepted(Timeline timeline, List<Check> checks) {
    checks.add(
        new Check(
            "green's keyspace holds what Kong's import makes of blue's",
            "true".equals(timeline.facts().get(Facts.COMPARE_EQUAL)),
            "accepted: "
                + timeline.facts().getOrDefault(Facts.COMPARE_LOSSES, "nothing is known")));
  }

  /// The report's part about the copy; empty where there was none.
  static Map<String, Object> report(Map<String, String> facts) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (facts.containsKey(Facts.COPY_ROWS)) {
      copy.put("way", way(facts));
      copy.put("rows", number(facts, Facts.COPY_ROWS));
      copy.put("tables", number(facts, Facts.COPY_TABLES));
      copy.put("seconds", number(facts, Facts.COPY_MS) / 1000.0);
      copy.put("rowsPerSecond", number(facts, Facts.COPY_ROWS_PER_SECOND));
      copy.put("digestsEqual", "true".equals(facts.get(Facts.COMPARE_EQUAL)));
      copy.put("ttlRowsKept", number(facts, Facts.COPY_TTL_ROWS));
      copy.put("left", facts.getOrDefault(Facts.COPY_LEFT, ""));
      copy.put("findings", facts.getOrDefault(Facts.COMPARE_FINDINGS, ""));
    }
    return copy;
  }

  private static String way(Map<String, String> facts) {
    if (facts.containsKey(Facts.DUMP_LOSES)) {
      return CopyWay.KONG_YML.word();
    }
    return (facts.containsKey(Facts.DUMP_SHA256) ? CopyWay.DUMP : CopyWay.COPY).word();
  }

  /// A number of the facts; -1 where they say none.
  private static long number(Map<String, String> facts, String name) {
    try {
      return Long.parseLong(facts.getOrDefault(name, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
