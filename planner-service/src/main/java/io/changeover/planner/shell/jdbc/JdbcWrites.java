package io.changeover.planner.shell.jdbc;

import io.changeover.planner.port.JournalLine;
import io.changeover.planner.port.LedgerConflictException;
import io.changeover.planner.port.StoredUpgrade;
import io.changeover.planner.port.UpgradeChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// The two writes of a batch: upgrades from arrays with their expected versions, the journal by
/// COPY.
final class JdbcWrites {
  private final Connection connection;

  JdbcWrites(Connection connection) {
    this.connection = connection;
  }

  /// Updates come first: an upgrade that ends makes room for the next one of its cluster.
  void upgrades(List<UpgradeChange> changes) throws SQLException {
    var updated = changes.stream().filter(c -> c.expectedVersion() != 0).toList();
    if (!updated.isEmpty()) {
      update(updated);
    }
    var added = changes.stream().filter(c -> c.expectedVersion() == 0).toList();
    if (!added.isEmpty()) {
      insert(added);
    }
  }

  private void insert(List<UpgradeChange> changes) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(Sql.INSERT_UPGRADES)) {
      var bind = new Binder(insert, changes);
      bind.column("text", StoredUpgrade::id);
      bind.column("text", StoredUpgrade::cluster);
      bind.column("int4", StoredUpgrade::lane);
      bind.column("int8", StoredUpgrade::version);
      bind.column("text", StoredUpgrade::stage);
      bind.column("bool", StoredUpgrade::counted);
      bind.column("bool", StoredUpgrade::ended);
      bind.column("int8", upgrade -> millis(upgrade.due()));
      bind.column("int8", upgrade -> millis(upgrade.startedAt()));
      bind.column("int8", upgrade -> millis(upgrade.changedAt()));
      bind.column("text", StoredUpgrade::quarantine);
      bind.bytes(StoredUpgrade::hash);
      bind.bytes(StoredUpgrade::data);
      insert.executeUpdate();
    }
  }

  private void update(List<UpgradeChange> changes) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(Sql.UPDATE_UPGRADES)) {
      var bind = new Binder(update, changes);
      bind.column("text", StoredUpgrade::id);
      bind.set("int8", changes.stream().map(UpgradeChange::expectedVersion).toArray());
      bind.column("int8", StoredUpgrade::version);
      bind.column("text", StoredUpgrade::stage);
      bind.column("bool", StoredUpgrade::counted);
      bind.column("bool", StoredUpgrade::ended);
      bind.column("int8", upgrade -> millis(upgrade.due()));
      bind.column("int8", upgrade -> millis(upgrade.changedAt()));
      bind.column("text", StoredUpgrade::quarantine);
      bind.bytes(StoredUpgrade::hash);
      bind.bytes(StoredUpgrade::data);
      int written = update.executeUpdate();
      if (written != changes.size()) {
        throw new LedgerConflictException(
            "Expected to update %d upgrades at the versions that were read, but %d had them"
                .formatted(changes.size(), written));
      }
    }
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  void journal(List<JournalLine> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    Map<Integer, Long> next = takePositions(lines);
    var copy = new BinaryCopy(8);
    for (JournalLine line : lines) {
      copy.row();
      copy.int4(line.lane());
      copy.int8(next.merge(line.lane(), 1L, Long::sum) - 1);
      copy.text(line.upgrade());
      copy.int8(line.seq());
      copy.text(line.cluster());
      copy.timestamp(line.at());
      copy.bytes(line.data());
      copy.bytes(OutboxFrame.encode(line.commands()));
    }
    var in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(Sql.COPY_JOURNAL);
    try {
      copy.writeTo(in);
      in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  /// The first free position of each lane of the lines.
  private Map<Integer, Long> takePositions(List<JournalLine> lines) throws SQLException {
    var counts = new TreeMap<Integer, Long>();
    lines.forEach(line -> counts.merge(line.lane(), 1L, Long::sum));
    var first = new HashMap<Integer, Long>();
    try (PreparedStatement update = connection.prepareStatement(Sql.TAKE_POSITIONS)) {
      update.setArray(1, connection.createArrayOf("int4", counts.keySet().toArray()));
      update.setArray(2, connection.createArrayOf("int8", counts.values().toArray()));
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          first.put(rows.getInt(1), rows.getLong(2));
        }
      }
    }
    return first;
  }

  /// Binds one array per column, in the order of the statement.
  private static final class Binder {
    private final PreparedStatement statement;
    private final List<UpgradeChange> changes;
    private int index;

    Binder(PreparedStatement statement, List<UpgradeChange> changes) {
      this.statement = statement;
      this.changes = changes;
    }

    void column(String type, Function<StoredUpgrade, @Nullable Object> value) throws SQLException {
      var values = new @Nullable Object[changes.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value.apply(changes.get(i).upgrade());
      }
      set(type, values);
    }

    void bytes(Function<StoredUpgrade, byte[]> value) throws SQLException {
      set("bytea", changes.stream().map(UpgradeChange::upgrade).map(value).toArray(byte[][]::new));
    }

    void set(String type, @Nullable Object[] values) throws SQLException {
      statement.setArray(++index, statement.getConnection().createArrayOf(type, values));
    }
  }
}
