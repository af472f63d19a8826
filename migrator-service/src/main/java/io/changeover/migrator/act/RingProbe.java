package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import io.changeover.migrator.observe.Catalogue;
import io.changeover.migrator.observe.Ring;
import io.changeover.migrator.observe.Ring.Member;
import io.changeover.migrator.observe.Ring.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// Reads what a Cassandra cluster says of itself: `system.local`, `system.peers`, `system_schema`.
public final class RingProbe {

  private RingProbe() {}

  /// The nodes, as one of them knows them: another one's `system.peers` would hold that one too,
  /// and not itself.
  public static Ring ring(CqlSession session) {
    ResultSet own =
        session.execute(
            "SELECT listen_address AS address, data_center, release_version, schema_version, host_id"
                + " FROM system.local");
    ResultSet peers =
        session.execute(
            SimpleStatement.newInstance(
                    "SELECT peer AS address, data_center, release_version, schema_version, host_id"
                        + " FROM system.peers")
                .setNode(own.getExecutionInfo().getCoordinator()));
    List<Member> members = new ArrayList<>();
    own.forEach(row -> members.add(member(session, row)));
    peers.forEach(row -> members.add(member(session, row)));
    return new Ring(members);
  }

  private static Member member(CqlSession session, Row row) {
    UUID id = row.getUuid("host_id");
    Node node = id == null ? null : session.getMetadata().getNodes().get(id);
    return new Member(
        Optional.ofNullable(row.getInetAddress("address"))
            .map(address -> address.getHostAddress())
            .orElse("?"),
        Optional.ofNullable(row.getString("data_center")).orElse("?"),
        Optional.ofNullable(row.getString("release_version")).orElse(""),
        Optional.ofNullable(row.getUuid("schema_version")).map(UUID::toString),
        reached(node == null ? NodeState.UNKNOWN : node.getState()));
  }

  private static Reached reached(NodeState state) {
    return switch (state) {
      case UP -> Reached.YES;
      case DOWN, FORCED_DOWN -> Reached.NO;
      case UNKNOWN -> Reached.UNTRIED;
    };
  }

  /// The tables of a keyspace; empty where there is no such keyspace.
  public static Catalogue catalogue(CqlSession session, String keyspace) {
    TreeMap<String, SortedMap<String, String>> tables = new TreeMap<>();
    KeyspaceTables.tables(session, keyspace).forEach(table -> tables.put(table, new TreeMap<>()));
    session
        .execute(
            "SELECT table_name, column_name, type FROM system_schema.columns WHERE keyspace_name = ?",
            keyspace)
        .forEach(
            row -> {
              SortedMap<String, String> columns = tables.get(String.valueOf(row.getString(0)));
              if (columns != null) {
                columns.put(String.valueOf(row.getString(1)), String.valueOf(row.getString(2)));
              }
            });
    return new Catalogue(tables);
  }

  /// How a keyspace is replicated, `{class=…SimpleStrategy, replication_factor=3}`; empty where
  /// there is no such keyspace.
  public static Optional<SortedMap<String, String>> replication(
      CqlSession session, String keyspace) {
    Row row =
        session
            .execute(
                "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?", keyspace)
            .one();
    return row == null
        ? Optional.empty()
        : Optional.ofNullable(row.getMap(0, String.class, String.class)).map(TreeMap::new);
  }
}
