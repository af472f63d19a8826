package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Events in `cluster_events`, one partition a channel.
final class CassandraEvents implements ClusterEvents {
  private final CassandraSession session;

  CassandraEvents(CassandraSession session) {
    this.session = session;
  }

  @Override
  public void publish(UUID nodeId, List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    List<SimpleStatement> inserts =
        events.stream()
            .map(
                event ->
                    session.statement(
                        "INSERT INTO cluster_events (channel, at, node_id, id, data) VALUES (?, toTimestamp(now()), ?, uuid(), ?) USING TTL 3600",
                        event.channel(),
                        nodeId,
                        event.data()))
            .toList();
    session.batch(inserts);
  }

  @Override
  public List<Event> since(Instant at, UUID notFromNode) {
    List<Event> found = new ArrayList<>();
    for (Row row :
        session.read(
            "SELECT channel, data, at, node_id FROM cluster_events WHERE channel IN ('invalidations', 'balancer:upstreams', 'balancer:targets') AND at > ?",
            at)) {
      if (!notFromNode.equals(row.getUuid(3))) {
        found.add(
            new Event(
                String.valueOf(row.getString(0)),
                String.valueOf(row.getString(1)),
                Objects.requireNonNull(row.getInstant(2))));
      }
    }
    found.sort(Comparator.comparing(Event::at));
    return List.copyOf(found);
  }

  @Override
  public Instant now() {
    return session
        .system("SELECT toTimestamp(now()) FROM system.local")
        .map(row -> row.getInstant(0))
        .orElseGet(Instant::now);
  }
}
