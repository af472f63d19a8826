package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.migrator.act.RingProbe;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Will green's keyspace be kept as safely as blue's? What is not there yet is judged by the
/// settings that its bootstrap takes.
///
/// @param blue how blue's keyspace is replicated
/// @param keyspace green's
record ReplicationChecks(SortedMap<String, String> blue, String keyspace, KongTarget green)
    implements CqlCheck {

  @Override
  public String name() {
    return "replication of both keyspaces";
  }

  @Override
  public void look(CqlSession session, Findings findings) {
    findings.fact("cassandra.replication", "blue's keyspace is replicated", blue.toString());
    Optional<SortedMap<String, String>> there = RingProbe.replication(session, keyspace);
    Optional<SortedMap<String, String>> wanted =
        there.isPresent() ? there : planned(Settings.of(green));
    if (wanted.isEmpty()) {
      findings.warning(
          "cassandra.replication-unseen",
          "how green's keyspace will be replicated can't be read from here",
          "cassandra_repl_strategy is not among the inventory's settings",
          "name KONG_CASSANDRA_REPL_STRATEGY and its factors in the inventory");
    } else {
      compare(plain(blue), plain(wanted.orElseThrow()), findings);
    }
  }

  /// Pure.
  static void compare(Map<String, String> blue, Map<String, String> green, Findings findings) {
    if (blue.equals(green)) {
      findings.fact(
          "cassandra.replication-green",
          "green's keyspace is replicated as blue's",
          green.toString());
    } else {
      findings.warning(
          "cassandra.replication-differs",
          "green's keyspace is not replicated as blue's",
          "blue " + blue + ", green " + green,
          "set KONG_CASSANDRA_REPL_STRATEGY, _REPL_FACTOR and _DATA_CENTERS of the new version, or"
              + " ALTER KEYSPACE where it is there already");
    }
  }

  /// What Kong's bootstrap would make of its settings; its own defaults where nobody says anything.
  static Optional<SortedMap<String, String>> planned(Settings settings) {
    Optional<String> strategy = settings.value("cassandra_repl_strategy", "SimpleStrategy");
    if (strategy.isEmpty()) {
      return Optional.empty();
    }
    TreeMap<String, String> map = new TreeMap<>(Map.of("class", strategy.orElseThrow()));
    if (strategy.orElseThrow().equals("SimpleStrategy")) {
      settings
          .value("cassandra_repl_factor", "1")
          .ifPresent(factor -> map.put("replication_factor", factor));
    } else {
      settings
          .value("cassandra_data_centers", "dc1:2,dc2:3")
          .ifPresent(
              all ->
                  Arrays.stream(all.split(","))
                      .map(one -> one.strip().split(":", 2))
                      .filter(parts -> parts.length == 2)
                      .forEach(parts -> map.put(parts[0].strip(), parts[1].strip())));
    }
    return Optional.of(map);
  }

  /// `org.apache.cassandra.locator.SimpleStrategy` is `SimpleStrategy`.
  private static Map<String, String> plain(SortedMap<String, String> replication) {
    TreeMap<String, String> plain = new TreeMap<>(replication);
    plain.computeIfPresent("class", (_, name) -> name.substring(name.lastIndexOf('.') + 1));
    return plain;
  }
}
