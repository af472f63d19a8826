package io.changeover.sandbox.kong;

import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Events in `cluster_events`.
final class PostgresEvents implements ClusterEvents {
  private final PostgresSession session;

  PostgresEvents(PostgresSession session) {
    this.session = session;
  }

  @Override
  public void publish(UUID nodeId, List<Event> events) {
    session.run(
        c -> {
          try (var insert =
              c.prepareStatement(
                  """
                  INSERT INTO cluster_events (id, node_id, at, expire_at, channel, data)
                  VALUES (gen_random_uuid(), ?::uuid, date_trunc('milliseconds', clock_timestamp()),
                          date_trunc('milliseconds', clock_timestamp()) + interval '1 hour', ?, ?)
                  """)) {
            for (Event event : events) {
              insert.setString(1, nodeId.toString());
              insert.setString(2, event.channel());
              insert.setString(3, event.data());
              insert.addBatch();
            }
            return insert.executeBatch();
          }
        });
  }

  @Override
  public List<Event> since(Instant at, UUID notFromNode) {
    return session.run(
        c -> {
          try (var select =
              c.prepareStatement(
                  "SELECT channel, data, at FROM cluster_events WHERE at > ?::timestamptz AND node_id <> ?::uuid ORDER BY at, id")) {
            select.setString(1, at.toString());
            select.setString(2, notFromNode.toString());
            try (ResultSet rows = select.executeQuery()) {
              List<Event> found = new ArrayList<>();
              while (rows.next()) {
                found.add(
                    new Event(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getObject(3, OffsetDateTime.class).toInstant()));
              }
              return List.copyOf(found);
            }
          }
        });
  }

  @Override
  public Instant now() {
    return session.run(
        c -> {
          try (var statement = c.createStatement();
              ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
          }
        });
  }
}
