package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.compare.Sameness;
import io.changeover.exporter.cassandra.digest.Normal;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.kongyml.Field;
import io.changeover.exporter.kongyml.KongEntities;
import io.changeover.exporter.kongyml.KongYmlManifest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A row of the target is what Kong's import makes of a row of the source: in the workspace
/// `default`, for ever, with whole seconds, a new `updated_at`, and defaults where the source has
/// nothing. Everything else must be as it was.
public final class Flattened implements Sameness {

  /// What was found to be lost or changed, and is accepted.
  public enum Accepted {
    FLATTENED("flattened"),
    PERMANENT("permanent"),
    OUTLIVED("outlived"),
    SECONDS("fractions"),
    UPDATED("updatedAt"),
    DEFAULTS("defaults"),
    COLUMNS("columns");

    private final String word;

    Accepted(String word) {
      this.word = word;
    }
  }

  private final UUID home;
  private final Set<String> ending;
  private final Map<Accepted, Long> counts = new EnumMap<>(Accepted.class);

  /// The rule of one import.
  public Flattened(KongYmlManifest manifest) {
    this.home = UUID.fromString(manifest.workspace());
    this.ending = new HashSet<>(manifest.ending());
  }

  /// The rule where nothing is known of an export.
  public Flattened(UUID home) {
    this.home = home;
    this.ending = Set.of();
  }

  /// `kind=count` separated by commas: the fact `compare.losses`.
  public String text() {
    synchronized (counts) {
      return Stream.of(Accepted.values())
          .map(kind -> kind.word + "=" + counts.getOrDefault(kind, 0L))
          .collect(Collectors.joining(","));
    }
  }

  @Override
  public boolean same(PlannedTable table, StoredRow source, StoredRow target) {
    Set<Accepted> accepted = new HashSet<>();
    for (int i = table.keySize(); i < table.columns().size(); i++) {
      if (!same(table, i, source, target, accepted)) {
        return false;
      }
    }
    accepted.forEach(this::count);
    return true;
  }

  private void count(Accepted kind) {
    synchronized (counts) {
      counts.merge(kind, 1L, Long::sum);
    }
  }

  @Override
  public List<String> describe(PlannedTable table, StoredRow source, StoredRow target) {
    List<String> columns = new ArrayList<>();
    for (int i = table.keySize(); i < table.columns().size(); i++) {
      if (!same(table, i, source, target, new HashSet<>())) {
        columns.add(table.columns().get(i).name() + " is not what an import makes of it");
      }
    }
    return columns;
  }

  /// A credential that has ended at blue lives on at green.
  @Override
  public boolean mayOutlive(String row) {
    boolean known = ending.contains(row);
    if (known) {
      count(Accepted.OUTLIVED);
    }
    return known;
  }

  private boolean same(
      PlannedTable table, int i, StoredRow source, StoredRow target, Set<Accepted> accepted) {
    if (table.name().equals("tags")) {
      return Normal.same(table.columns().get(i), source.value(i), target.value(i));
    }
    Column column = table.columns().get(i);
    ByteBuffer before = source.value(i);
    ByteBuffer after = target.value(i);
    if (source.ttl(i) > 0 && target.ttl(i) == 0) {
      accepted.add(Accepted.PERMANENT);
    }
    return switch (column.name()) {
      case "updated_at" -> {
        if (after != null) {
          accepted.add(Accepted.UPDATED);
        }
        yield after != null || before == null;
      }
      case "ws_id" -> {
        boolean moved = before != null && !home.toString().equals(RowDigest.uuid(before));
        if (moved) {
          accepted.add(Accepted.FLATTENED);
        }
        yield home.toString().equals(RowDigest.uuid(after));
      }
      case "cache_key" -> cacheKey(table, source).equals(Optional.of(text(after)));
      case "created_at" -> created(table, before, after, accepted);
      default -> value(table, column, source, i, after, accepted);
    };
  }

  private static String text(@Nullable ByteBuffer value) {
    return value == null ? "" : Cells.text(value);
  }

  /// What Kong would look the row up by in the target's workspace.
  private Optional<String> cacheKey(PlannedTable table, StoredRow row) {
    return switch (table.name()) {
      case "plugins" ->
          Optional.of(
              String.join(
                  ":",
                  "plugins",
                  table.index("name").map(row::text).orElse(""),
                  id(table, row, "route_id"),
                  id(table, row, "service_id"),
                  id(table, row, "consumer_id"),
                  "",
                  home.toString()));
      case "acls" ->
          Optional.of(
              String.join(
                  ":",
                  "acls",
                  id(table, row, "consumer_id"),
                  table.index("group").map(row::text).orElse(""),
                  "",
                  "",
                  "",
                  home.toString()));
      default -> Optional.empty();
    };
  }

  private static String id(PlannedTable table, StoredRow row, String column) {
    return table.index(column).map(i -> RowDigest.uuid(row.value(i))).orElse("");
  }

  private static boolean created(
      PlannedTable table,
      @Nullable ByteBuffer before,
      @Nullable ByteBuffer after,
      Set<Accepted> accepted) {
    if (before == null || after == null) {
      accepted.add(Accepted.DEFAULTS);
      return before == null;
    }
    long from = before.getLong(before.position());
    long to = after.getLong(after.position());
    if (from != to) {
      accepted.add(Accepted.SECONDS);
    }
    return from == to
        || (!table.name().equals("targets") && to == Math.floorDiv(from, 1000L) * 1000L);
  }

  private boolean value(
      PlannedTable table,
      Column column,
      StoredRow source,
      int i,
      @Nullable ByteBuffer after,
      Set<Accepted> accepted) {
    Optional<Field> field =
        KongEntities.named(table.name()).flatMap(entity -> entity.ofColumn(column.name()));
    ByteBuffer before = source.value(i);
    if (field.isEmpty()) {
      if (before != null) {
        accepted.add(Accepted.COLUMNS);
      }
      return after == null || Normal.same(column, before, after);
    }
    if (field.get().unique() && !KongEntities.isGlobal(table.name(), field.get().name())) {
      return before == null
          ? after == null
          : (home + ":" + Cells.stripped(text(before))).equals(text(after));
    }
    if (Normal.same(column, before, after)) {
      return true;
    }
    return defaulted(table, column, field.get(), before, after, source, accepted);
  }

  /// Where the source has nothing, the import puts the new version's defaults.
  private static boolean defaulted(
      PlannedTable table,
      Column column,
      Field field,
      @Nullable ByteBuffer before,
      @Nullable ByteBuffer after,
      StoredRow source,
      Set<Accepted> accepted) {
    boolean fits =
        switch (field.kind()) {
          case REFERENCE, UUID, TTL -> false;
          case JSON -> column.type().equals("text") && grown(Cells.tree(before), Cells.tree(after));
          case TEXT -> nothing(column, before) || algorithm(table, column, source, text(after));
          default -> nothing(column, before);
        };
    if (fits) {
      accepted.add(Accepted.DEFAULTS);
    }
    return fits;
  }

  private static boolean nothing(Column column, @Nullable ByteBuffer value) {
    return Normal.of(column, value) == null;
  }

  /// Kong holds `algorithm` to `hash_on`: `none` means round-robin unless it is least-connections,
  /// anything else consistent hashing.
  private static boolean algorithm(
      PlannedTable table, Column column, StoredRow source, String after) {
    if (!table.name().equals("upstreams") || !column.name().equals("algorithm")) {
      return false;
    }
    String hashOn = table.index("hash_on").map(source::text).orElse("");
    return after.equals(hashOn.equals("none") ? "round-robin" : "consistent-hashing");
  }

  /// Whether the second tree has all of the first, and more only where the first has nothing.
  private static boolean grown(Optional<Object> before, Optional<Object> after) {
    return after.isPresent() && grown(before.orElse(null), after.get());
  }

  private static boolean grown(@Nullable Object before, @Nullable Object after) {
    return switch (before) {
      case null -> true;
      case Map<?, ?> from when after instanceof Map<?, ?> to ->
          from.entrySet().stream()
              .allMatch(entry -> grown(entry.getValue(), to.get(entry.getKey())));
      case List<?> from when from.isEmpty() -> isEmpty(after);
      case Map<?, ?> from when from.isEmpty() -> isEmpty(after);
      case List<?> from when after instanceof List<?> to ->
          from.size() == to.size() && grownElements(from, to);
      case Number from when after instanceof Number to ->
          new java.math.BigDecimal(from.toString())
                  .compareTo(new java.math.BigDecimal(to.toString()))
              == 0;
      default -> Objects.equals(before, after);
    };
  }

  /// Lua knows one empty table.
  private static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map -> map.isEmpty();
      case List<?> list -> list.isEmpty();
      default -> false;
    };
  }

  private static boolean grownElements(List<?> from, List<?> to) {
    for (int i = 0; i < from.size(); i++) {
      if (!grown(from.get(i), to.get(i))) {
        return false;
      }
    }
    return true;
  }
}
