package io.changeover.exporter.cassandra.copy;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.exporter.cassandra.catalog.Names;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.ReadFailedException;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Which rows of the tables that move do move: of `targets` the newest versions, of `tags` those
/// whose entity moves; of all others every one.
public final class Movement {

  private static final long PATIENCE_SECONDS = 60;
  private static final String TARGETS = "targets";
  private static final String TAGS = "tags";

  private record Entity(String table, UUID id) {}

  private final CopyJob job;
  private final TargetFold fold;
  private final Map<String, Optional<PreparedStatement>> lookups = new ConcurrentHashMap<>();

  private final boolean everything;

  private Movement(CopyJob job, TargetFold fold, boolean everything) {
    this.job = job;
    this.fold = fold;
    this.everything = everything;
  }

  /// Every row of every table that moves: for backups.
  public static Movement everything(CopyJob job) {
    return new Movement(job, TargetFold.none(job.policy().weightZeroTargets()), true);
  }

  /// Reads the source's targets.
  public static Movement of(CopyJob job) throws InterruptedException {
    Optional<PlannedTable> targets = job.plan().table(TARGETS);
    return new Movement(
        job,
        targets.isEmpty()
            ? TargetFold.none(job.policy().weightZeroTargets())
            : TargetFold.read(
                job.source(), targets.get(), job.policy().weightZeroTargets(), job.readRate()),
        false);
  }

  /// The folded targets.
  public TargetFold fold() {
    return fold;
  }

  /// Whether a row moves, where that can be told without asking the source.
  public boolean mayMove(PlannedTable table, StoredRow row) {
    return everything || !table.name().equals(TARGETS) || keepsTarget(table, row);
  }

  private boolean keepsTarget(PlannedTable table, StoredRow row) {
    return fold.keeps(
        uuid(row.value(table.index("id").orElseThrow())),
        uuid(row.value(table.index("upstream_id").orElseThrow())),
        row.text(table.index("target").orElseThrow()));
  }

  /// Those of the rows that move.
  public List<StoredRow> moving(PlannedTable table, List<StoredRow> rows)
      throws InterruptedException {
    if (everything) {
      return rows;
    }
    return switch (table.name()) {
      case TARGETS -> rows.stream().filter(row -> keepsTarget(table, row)).toList();
      case TAGS -> tags(table, rows);
      default -> rows;
    };
  }

  private List<StoredRow> tags(PlannedTable table, List<StoredRow> rows)
      throws InterruptedException {
    int name = table.index("entity_name").orElseThrow();
    int id = table.index("entity_id").orElseThrow();
    Map<Entity, CompletionStage<AsyncResultSet>> asked = new HashMap<>();
    for (StoredRow row : rows) {
      entity(row, name, id).ifPresent(entity -> asked.computeIfAbsent(entity, this::ask));
    }
    Set<Entity> there = new HashSet<>();
    for (Map.Entry<Entity, CompletionStage<AsyncResultSet>> answer : asked.entrySet()) {
      Row found = await(answer.getValue()).one();
      if (found != null && moves(answer.getKey(), found)) {
        there.add(answer.getKey());
      }
    }
    List<StoredRow> moving = new ArrayList<>(rows.size());
    for (StoredRow row : rows) {
      if (entity(row, name, id).filter(there::contains).isPresent()) {
        moving.add(row);
      }
    }
    return moving;
  }

  private boolean moves(Entity entity, Row found) {
    return !entity.table().equals(TARGETS)
        || fold.keeps(
            entity.id(),
            uuid(found.getBytesUnsafe("upstream_id")),
            Objects.requireNonNullElse(found.getString("target"), ""));
  }

  private Optional<Entity> entity(StoredRow row, int name, int id) {
    String table = row.text(name);
    if (lookup(table).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Entity(table, UUID.fromString(row.text(id))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private CompletionStage<AsyncResultSet> ask(Entity entity) {
    BoundStatementBuilder builder =
        lookup(entity.table()).orElseThrow().boundStatementBuilder().setUuid("id", entity.id());
    if (job.plan().table(entity.table()).orElseThrow().source().isSinglePartition()) {
      builder = builder.setString("partition", entity.table());
    }
    return job.source().session().executeAsync(builder.build());
  }

  /// Empty for what does not move, and for what is no entity with an id.
  private Optional<PreparedStatement> lookup(String table) {
    return lookups.computeIfAbsent(
        table, _ -> job.plan().table(table).flatMap(planned -> prepare(planned)));
  }

  private Optional<PreparedStatement> prepare(PlannedTable table) {
    List<String> key = table.source().key().stream().map(column -> column.name()).toList();
    String condition;
    if (table.source().isSinglePartition() && key.getLast().equals("id")) {
      condition = "partition = :partition AND id = :id";
    } else if (key.equals(List.of("id")) && table.source().key().getFirst().type().equals("uuid")) {
      condition = "id = :id";
    } else {
      return Optional.empty();
    }
    String columns = table.name().equals(TARGETS) ? "id, upstream_id, target" : Names.quoted("id");
    return Optional.of(
        job.source()
            .session()
            .prepare(
                "SELECT %s FROM %s WHERE %s"
                    .formatted(columns, job.source().qualified(table.name()), condition)));
  }

  private static AsyncResultSet await(CompletionStage<AsyncResultSet> asked)
      throws InterruptedException {
    try {
      return asked.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new ReadFailedException(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new ReadFailedException(e);
    }
  }

  private static UUID uuid(@Nullable ByteBuffer value) {
    return value == null
        ? new UUID(0, 0)
        : new UUID(value.getLong(value.position()), value.getLong(value.position() + 8));
  }
}
