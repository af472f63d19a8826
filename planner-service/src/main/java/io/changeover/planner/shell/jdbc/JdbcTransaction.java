package io.changeover.planner.shell.jdbc;

import io.changeover.planner.port.JournalLine;
import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.RequestKey;
import io.changeover.planner.port.Source;
import io.changeover.planner.port.StoredUpgrade;
import io.changeover.planner.port.UpgradeChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One transaction on one connection.
final class JdbcTransaction implements Ledger.Transaction {
  private final Connection connection;

  JdbcTransaction(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Map<Source, Long> lockSources(Collection<Source> sources) {
    Map<Source, Long> known = selectSources(sources);
    if (known.size() == sources.size()) {
      return known;
    }
    run(
        Sql.INSERT_SOURCES,
        insert -> {
          bindSources(insert, sources);
          return insert.executeUpdate();
        });
    return selectSources(sources);
  }

  private Map<Source, Long> selectSources(Collection<Source> sources) {
    return run(
        Sql.SELECT_SOURCES,
        select -> {
          bindSources(select, sources);
          var next = new HashMap<Source, Long>();
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              next.put(new Source(rows.getObject(1, UUID.class), rows.getInt(2)), rows.getLong(3));
            }
          }
          return next;
        });
  }

  @Override
  public void advance(Map<Source, Long> next) {
    if (next.isEmpty()) {
      return;
    }
    run(
        Sql.ADVANCE_SOURCES,
        update -> {
          bindSources(update, next.keySet());
          update.setArray(3, array("int8", next.values().toArray()));
          return update.executeUpdate();
        });
  }

  private void bindSources(PreparedStatement statement, Collection<Source> sources)
      throws SQLException {
    statement.setArray(1, array("uuid", sources.stream().map(Source::topic).toArray()));
    statement.setArray(2, array("int4", sources.stream().map(Source::partition).toArray()));
  }

  @Override
  public void lockLanes(Collection<Integer> lanes) {
    lock(Sql.LOCK_LANES, lanes);
  }

  @Override
  public Set<Integer> lockFreeLanes(Collection<Integer> lanes) {
    return lock(Sql.LOCK_FREE_LANES, lanes);
  }

  private Set<Integer> lock(String sql, Collection<Integer> lanes) {
    return run(
        sql,
        select -> {
          select.setArray(1, array("int4", new TreeSet<>(lanes).toArray()));
          var locked = new TreeSet<Integer>();
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              locked.add(rows.getInt(1));
            }
          }
          return locked;
        });
  }

  @Override
  public void lockAdmission() {
    run(Sql.LOCK_ADMISSION, PreparedStatement::execute);
  }

  @Override
  public Map<RequestKey, byte[]> remember(Map<RequestKey, byte[]> digests) {
    if (digests.isEmpty()) {
      return Map.of();
    }
    var known = new ArrayList<>(digests.keySet());
    known.removeAll(insertRequests(digests));
    return known.isEmpty() ? Map.of() : digestsOf(known);
  }

  private Set<RequestKey> insertRequests(Map<RequestKey, byte[]> digests) {
    return run(
        Sql.REMEMBER,
        insert -> {
          bindRequests(insert, digests.keySet());
          insert.setArray(3, array("bytea", digests.values().toArray(byte[][]::new)));
          var added = new java.util.HashSet<RequestKey>();
          try (ResultSet rows = insert.executeQuery()) {
            while (rows.next()) {
              added.add(new RequestKey(rows.getString(1), rows.getString(2)));
            }
          }
          return added;
        });
  }

  private Map<RequestKey, byte[]> digestsOf(Collection<RequestKey> keys) {
    return run(
        Sql.REMEMBERED,
        select -> {
          bindRequests(select, keys);
          var found = new HashMap<RequestKey, byte[]>();
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              found.put(new RequestKey(rows.getString(1), rows.getString(2)), rows.getBytes(3));
            }
          }
          return found;
        });
  }

  private void bindRequests(PreparedStatement statement, Collection<RequestKey> keys)
      throws SQLException {
    statement.setArray(1, array("text", keys.stream().map(RequestKey::cluster).toArray()));
    statement.setArray(2, array("text", keys.stream().map(RequestKey::id).toArray()));
  }

  @Override
  public List<StoredUpgrade> upgrades(Collection<String> ids) {
    return ids.isEmpty() ? List.of() : select(Sql.UPGRADES, ids);
  }

  @Override
  public List<byte[]> journal(String upgrade) {
    return run(
        Sql.JOURNAL,
        select -> {
          select.setString(1, upgrade);
          var entries = new ArrayList<byte[]>();
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              entries.add(rows.getBytes(1));
            }
          }
          return entries;
        });
  }

  @Override
  public List<StoredUpgrade> running(Collection<String> clusters) {
    return clusters.isEmpty() ? List.of() : select(Sql.RUNNING, clusters);
  }

  private List<StoredUpgrade> select(String sql, Collection<String> keys) {
    return run(
        sql,
        select -> {
          select.setArray(1, array("text", keys.toArray()));
          var found = new ArrayList<StoredUpgrade>();
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              found.add(upgrade(rows));
            }
          }
          return found;
        });
  }

  private static StoredUpgrade upgrade(ResultSet row) throws SQLException {
    OffsetDateTime due = row.getObject(8, OffsetDateTime.class);
    return new StoredUpgrade(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        row.getBoolean(6),
        row.getBoolean(7),
        due == null ? null : due.toInstant(),
        row.getObject(9, OffsetDateTime.class).toInstant(),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getString(11),
        row.getBytes(12),
        row.getBytes(13));
  }

  @Override
  public List<Ledger.Waiting> due(Instant now, int limit) {
    return run(
        Sql.DUE,
        select -> {
          select.setObject(1, now.atOffset(ZoneOffset.UTC));
          select.setInt(2, limit);
          return waiting(select);
        });
  }

  @Override
  public List<Ledger.Waiting> queued(int limit) {
    return run(
        Sql.QUEUED,
        select -> {
          select.setInt(1, limit);
          return waiting(select);
        });
  }

  private static List<Ledger.Waiting> waiting(PreparedStatement select) throws SQLException {
    var found = new ArrayList<Ledger.Waiting>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(
            new Ledger.Waiting(
                rows.getString(1),
                rows.getInt(2),
                rows.getObject(3, OffsetDateTime.class).toInstant()));
      }
    }
    return found;
  }

  @Override
  public int counted() {
    return run(
        Sql.COUNTED,
        select -> {
          try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getInt(1);
          }
        });
  }

  @Override
  public void save(List<UpgradeChange> changes, List<JournalLine> lines) {
    try {
      var writes = new JdbcWrites(connection);
      writes.upgrades(changes);
      writes.journal(lines);
    } catch (SQLException e) {
      throw JdbcLedger.translated(e);
    }
  }

  private java.sql.Array array(String type, @Nullable Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }

  private <R> R run(String sql, Call<R> call) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return call.with(statement);
    } catch (SQLException e) {
      throw JdbcLedger.translated(e);
    }
  }

  @FunctionalInterface
  private interface Call<R> {
    R with(PreparedStatement statement) throws SQLException;
  }
}
