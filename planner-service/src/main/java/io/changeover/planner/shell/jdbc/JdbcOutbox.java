package io.changeover.planner.shell.jdbc;

import io.changeover.planner.port.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/// The outbox over the journal table. The row of `relay` is both watermark and lock: who holds it
/// publishes the lane.
public final class JdbcOutbox implements Outbox {
  private static final String CLAIM =
      """
      SELECT r.lane, r.published FROM relay r JOIN lane l USING (lane)
      WHERE l.next_position > r.published + 1 AND r.lane = ANY(?) ORDER BY r.lane FOR UPDATE OF r SKIP LOCKED""";

  private static final String READ =
      """
      SELECT j.lane, j.position, j.upgrade, j.seq, j.cluster, j.at, j.data, j.outbox
      FROM unnest(?::int[], ?::bigint[]) AS u(lane, published)
      CROSS JOIN LATERAL (
        SELECT * FROM journal WHERE lane = u.lane AND position > u.published
        ORDER BY position LIMIT ?) j
      ORDER BY j.lane, j.position""";

  private static final String MOVE =
      """
      UPDATE relay r SET published = u.published
      FROM unnest(?::int[], ?::bigint[]) AS u(lane, published) WHERE r.lane = u.lane""";

  private static final String LAG =
      "SELECT coalesce(sum(next_position - 1 - published), 0) FROM relay JOIN lane USING (lane)";

  private final DataSource dataSource;

  /// @param dataSource connections with timeouts set, see [LedgerTimeouts]
  public JdbcOutbox(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public int publish(int limit, Collection<Integer> lanes, Sender sender) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        int published = publish(connection, limit, lanes, sender);
        connection.commit();
        return published;
      } catch (Throwable failure) {
        connection.rollback();
        throw failure;
      }
    } catch (SQLException e) {
      throw JdbcLedger.translated(e);
    }
  }

  private static int publish(
      Connection connection, int limit, Collection<Integer> lanes, Sender sender)
      throws SQLException {
    Map<Integer, Long> watermarks = claim(connection, lanes);
    if (watermarks.isEmpty()) {
      return 0;
    }
    List<Line> lines = read(connection, watermarks, limit);
    if (lines.isEmpty()) {
      return 0;
    }
    sender.send(lines);
    lines.forEach(line -> watermarks.put(line.lane(), line.position()));
    move(connection, watermarks);
    return lines.size();
  }

  private static Map<Integer, Long> claim(Connection connection, Collection<Integer> lanes)
      throws SQLException {
    var watermarks = new TreeMap<Integer, Long>();
    try (PreparedStatement select = connection.prepareStatement(CLAIM)) {
      select.setArray(1, connection.createArrayOf("int4", lanes.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          watermarks.put(rows.getInt(1), rows.getLong(2));
        }
      }
    }
    return watermarks;
  }

  private static List<Line> read(Connection connection, Map<Integer, Long> watermarks, int limit)
      throws SQLException {
    var lines = new ArrayList<Line>();
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      bind(select, watermarks);
      select.setInt(3, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          lines.add(line(rows));
        }
      }
    }
    return lines;
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getInt(1),
        row.getLong(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getBytes(7),
        OutboxFrame.decode(row.getBytes(8)));
  }

  private static void move(Connection connection, Map<Integer, Long> watermarks)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(MOVE)) {
      bind(update, watermarks);
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Map<Integer, Long> watermarks)
      throws SQLException {
    var connection = statement.getConnection();
    statement.setArray(1, connection.createArrayOf("int4", watermarks.keySet().toArray()));
    statement.setArray(2, connection.createArrayOf("int8", watermarks.values().toArray()));
  }

  @Override
  public long lag() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(LAG);
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw JdbcLedger.translated(e);
    }
  }
}
