package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.findings.HashSet64;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.kongyml.BrokenKongYmlException;
import io.changeover.exporter.kongyml.Entity;
import io.changeover.exporter.kongyml.KongEntities;
import io.changeover.exporter.kongyml.KongYmlReader;
import io.changeover.exporter.kongyml.KongYmlWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What Kong has exported, entity by entity: what belongs into the file goes into it, and all of it
/// is held to what the store has. Counts decide, since a file that ends too early is read without
/// an error. For one thread.
final class ExportSieve implements KongYmlReader.Content {

  private static final String TTL = "ttl";

  private final Map<String, Set<String>> fields;
  private final StoredIds stored;
  private final KongYmlWriter writer;
  private final Watch watch;
  private final Map<String, Tally> tallies = new TreeMap<>();
  private long read;

  /// What was seen of one list.
  private static final class Tally {
    private final HashSet64 seen = new HashSet64();
    private final Set<String> lacking = new TreeSet<>();
    private long unknown;
    private long twice;
  }

  /// Begins with nothing read.
  ///
  /// @param fields the names of the fields that every entity must have, by list; other lists belong
  ///   into no file
  ExportSieve(
      Map<String, Set<String>> fields, StoredIds stored, KongYmlWriter writer, Watch watch) {
    this.fields = Map.copyOf(fields);
    this.stored = stored;
    this.writer = writer;
    this.watch = watch;
    this.fields.keySet().forEach(list -> tallies.put(list, new Tally()));
  }

  @Override
  public void item(String list, Map<String, @Nullable Object> values) throws IOException {
    if (read++ % 64 == 0) {
      watch.ensureCurrent();
    }
    Tally tally = tallies.get(list);
    Optional<Entity> entity = KongEntities.named(list);
    if (tally == null || entity.isEmpty()) {
      return;
    }
    String id = id(list, values);
    switch (stored.place(list, id)) {
      case MOVES -> {
        tally.lacking.addAll(lacking(list, values));
        if (isNew(tally, id)) {
          write(entity.get(), values);
        }
      }
      case STAYS -> isNew(tally, id);
      // A row that has ended since: what has no end can't have.
      case UNKNOWN -> tally.unknown += values.get(TTL) == null ? 1 : 0;
    }
  }

  private static String id(String list, Map<String, @Nullable Object> values) {
    Object id = values.get("id");
    if (id == null) {
      throw new BrokenKongYmlException(
          "An entity of %s in the file that `kong config db_export` has written has no id"
              .formatted(list),
          "the id of every entity",
          "retry the phase; `copy: {export: changeover}` does without that file");
    }
    return id.toString();
  }

  private Set<String> lacking(String list, Map<String, @Nullable Object> values) {
    Set<String> lacking = new TreeSet<>(fields.getOrDefault(list, Set.of()));
    lacking.removeAll(values.keySet());
    return lacking;
  }

  private static boolean isNew(Tally tally, String id) {
    boolean added = tally.seen.add(StoredIds.hash(id));
    tally.twice += added ? 0 : 1;
    return added;
  }

  /// A field that this suite does not know is left out, as the losses say.
  private void write(Entity entity, Map<String, @Nullable Object> values) throws IOException {
    Map<String, @Nullable Object> known = new LinkedHashMap<>(values);
    known.keySet().removeIf(name -> entity.field(name).isEmpty());
    try {
      writer.item(entity, known);
    } catch (IllegalStateException e) {
      throw new BrokenKongYmlException(
          "The list %s stands twice in the file that `kong config db_export` has written"
              .formatted(entity.name()),
          "each list once",
          "retry the phase; `copy: {export: changeover}` does without that file");
    }
  }

  /// Why the file must not be used, once all of it was read.
  ///
  /// @param store the store's name
  List<Problem> problems(String store) {
    SortedMap<String, String> wrong = new TreeMap<>();
    SortedMap<String, Set<String>> lacking = new TreeMap<>();
    tallies.forEach(
        (list, tally) -> {
          long rows = stored.rows(list);
          if (tally.seen.size() != rows || tally.unknown > 0 || tally.twice > 0) {
            wrong.put(list, counts(tally, rows));
          }
          if (!tally.lacking.isEmpty()) {
            lacking.put(list, tally.lacking);
          }
        });
    List<Problem> problems = new ArrayList<>();
    if (!wrong.isEmpty()) {
      problems.add(
          new Problem(
              "`kong config db_export` of the old version has not exported what the keyspace %s holds: %s"
                  .formatted(store, wrong),
              "every entity of the keyspace once",
              "name every plugin with entities in `KONG_PLUGINS` of the old version, make room in `copy: folder`, then retry the phase; `copy: {export: changeover}` does without Kong's export"));
    }
    if (!lacking.isEmpty()) {
      problems.add(
          new Problem(
              "`kong config db_export` of the old version has written entities without fields that the keyspace %s has: %s"
                  .formatted(store, lacking),
              "every field of every entity",
              "retry the phase; where it stays so, `copy: {export: changeover}` does without Kong's export"));
    }
    return problems;
  }

  private static String counts(Tally tally, long rows) {
    String text = "%d of %d".formatted(tally.seen.size(), rows);
    text += tally.unknown == 0 ? "" : " and %d that it does not hold".formatted(tally.unknown);
    return text + (tally.twice == 0 ? "" : " and %d once more".formatted(tally.twice));
  }
}
