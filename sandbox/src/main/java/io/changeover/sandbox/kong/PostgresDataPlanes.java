package io.changeover.sandbox.kong;

import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Rows of `clustering_data_planes`.
final class PostgresDataPlanes implements DataPlaneRows {
  private final PostgresSession session;

  PostgresDataPlanes(PostgresSession session) {
    this.session = session;
  }

  @Override
  public void upsert(String id, String ip, String hostname, String configHash, Duration ttl) {
    session.run(
        c -> {
          try (var insert =
              c.prepareStatement(
                  """
                  INSERT INTO clustering_data_planes (id, ip, hostname, last_seen, config_hash, ttl)
                  VALUES (?::uuid, ?, ?, date_trunc('second', clock_timestamp()), ?, clock_timestamp() + ? * interval '1 second')
                  ON CONFLICT (id) DO UPDATE SET ip = EXCLUDED.ip, hostname = EXCLUDED.hostname,
                    last_seen = EXCLUDED.last_seen, config_hash = EXCLUDED.config_hash, ttl = EXCLUDED.ttl
                  """)) {
            insert.setString(1, id);
            insert.setString(2, ip);
            insert.setString(3, hostname);
            insert.setString(4, configHash);
            insert.setLong(5, ttl.toSeconds());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public List<DataPlaneRow> all() {
    return session.run(
        c -> {
          try (var statement = c.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      """
                      SELECT id, ip, hostname, extract(epoch FROM last_seen)::bigint, config_hash,
                             extract(epoch FROM ttl - clock_timestamp())::bigint
                        FROM clustering_data_planes WHERE ttl > clock_timestamp() ORDER BY id
                      """)) {
            List<DataPlaneRow> all = new ArrayList<>();
            while (rows.next()) {
              all.add(
                  new DataPlaneRow(
                      rows.getString(1),
                      rows.getString(2),
                      rows.getString(3),
                      rows.getLong(4),
                      rows.getString(5),
                      rows.getLong(6)));
            }
            return List.copyOf(all);
          }
        });
  }
}
