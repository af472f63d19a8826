package io.changeover.planner.shell.jdbc;

/// The statements of the hot path. Arrays go in, so that a batch is one statement.
final class Sql {
  static final String SELECT_SOURCES =
      """
      SELECT c.topic, c.partition, c.next FROM consumed c
      JOIN unnest(?::uuid[], ?::int[]) AS u(topic, partition) USING (topic, partition)
      ORDER BY c.topic, c.partition FOR UPDATE OF c""";

  static final String INSERT_SOURCES =
      """
      INSERT INTO consumed (topic, partition, next)
      SELECT topic, partition, 0 FROM unnest(?::uuid[], ?::int[]) AS u(topic, partition)
      ORDER BY topic, partition ON CONFLICT DO NOTHING""";

  static final String ADVANCE_SOURCES =
      """
      UPDATE consumed c SET next = u.next
      FROM unnest(?::uuid[], ?::int[], ?::bigint[]) AS u(topic, partition, next)
      WHERE c.topic = u.topic AND c.partition = u.partition""";

  static final String LOCK_LANES =
      "SELECT lane FROM lane WHERE lane = ANY(?) ORDER BY lane FOR UPDATE";

  static final String LOCK_FREE_LANES = LOCK_LANES + " SKIP LOCKED";

  /// Any number will do, as long as nobody else uses it in this database.
  static final String LOCK_ADMISSION = "SELECT pg_advisory_xact_lock(7402619835024117761)";

  static final String REMEMBER =
      """
      INSERT INTO inbox (cluster, id, digest)
      SELECT cluster, id, digest FROM unnest(?::text[], ?::text[], ?::bytea[]) AS u(cluster, id, digest)
      ON CONFLICT DO NOTHING RETURNING cluster, id""";

  static final String REMEMBERED =
      """
      SELECT i.cluster, i.id, i.digest FROM inbox i
      JOIN unnest(?::text[], ?::text[]) AS u(cluster, id) USING (cluster, id)""";

  private static final String UPGRADE =
      "SELECT id, cluster, lane, version, stage, counted, ended, due, started_at, changed_at,"
          + " quarantine, hash, data FROM state ";

  static final String UPGRADES = UPGRADE + "WHERE id = ANY(?)";

  static final String JOURNAL = "SELECT data FROM journal WHERE upgrade = ? ORDER BY seq";

  static final String RUNNING = UPGRADE + "WHERE cluster = ANY(?) AND NOT ended";

  static final String DUE =
      """
      SELECT id, lane, due FROM state
      WHERE due <= ? AND stage <> 'queued' AND quarantine IS NULL ORDER BY due LIMIT ?""";

  static final String QUEUED =
      """
      SELECT id, lane, started_at FROM state
      WHERE stage = 'queued' AND quarantine IS NULL ORDER BY started_at, id LIMIT ?""";

  static final String COUNTED = "SELECT count(*) FROM state WHERE counted";

  static final String INSERT_UPGRADES =
      """
      INSERT INTO state (id, cluster, lane, version, stage, counted, ended, due, started_at,
        changed_at, quarantine, hash, data)
      SELECT id, cluster, lane, version, stage, counted, ended, to_timestamp(due / 1000.0),
        to_timestamp(started / 1000.0), to_timestamp(changed / 1000.0), quarantine, hash, data
      FROM unnest(?::text[], ?::text[], ?::int[], ?::bigint[], ?::text[], ?::boolean[],
        ?::boolean[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bytea[], ?::bytea[])
        AS u(id, cluster, lane, version, stage, counted, ended, due, started, changed, quarantine,
          hash, data)""";

  static final String UPDATE_UPGRADES =
      """
      UPDATE state s SET version = u.version, stage = u.stage, counted = u.counted,
        ended = u.ended, due = to_timestamp(u.due / 1000.0),
        changed_at = to_timestamp(u.changed / 1000.0), quarantine = u.quarantine, hash = u.hash,
        data = u.data
      FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::boolean[], ?::boolean[],
        ?::bigint[], ?::bigint[], ?::text[], ?::bytea[], ?::bytea[])
        AS u(id, expected, version, stage, counted, ended, due, changed, quarantine, hash, data)
      WHERE s.id = u.id AND s.version = u.expected""";

  static final String TAKE_POSITIONS =
      """
      UPDATE lane l SET next_position = l.next_position + u.lines
      FROM unnest(?::int[], ?::bigint[]) AS u(lane, lines)
      WHERE l.lane = u.lane RETURNING l.lane, l.next_position - u.lines""";

  static final String COPY_JOURNAL =
      "COPY journal (lane, position, upgrade, seq, cluster, at, data, outbox)"
          + " FROM STDIN WITH (FORMAT binary)";

  private Sql() {}
}
