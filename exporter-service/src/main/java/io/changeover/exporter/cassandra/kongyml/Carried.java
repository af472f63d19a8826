package io.changeover.exporter.cassandra.kongyml;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.RowWriter;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.kongyml.BrokenKongYmlException;
import io.changeover.exporter.kongyml.Entity;
import io.changeover.exporter.kongyml.Field;
import io.changeover.exporter.kongyml.KongEntities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A table whose rows the file carries.
final class Carried {

  /// A field and where its column stands.
  private record Place(Field field, int index, String type, boolean prefixed) {}

  private final Entity entity;
  private final PlannedTable table;
  private final List<Place> places = new ArrayList<>();
  private final List<Integer> uncarried = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final boolean expiring;

  private Carried(Entity entity, PlannedTable table) {
    this.entity = entity;
    this.table = table;
    this.expiring = entity.fields().stream().anyMatch(field -> field.kind() == Field.Kind.TTL);
    for (Field field : entity.fields()) {
      if (field.kind() != Field.Kind.TTL) {
        table.index(field.column()).ifPresent(index -> place(field, index));
      }
    }
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i).name();
      if (entity.ofColumn(name).isEmpty() && !KongEntities.DERIVED.contains(name)) {
        uncarried.add(i);
      }
    }
  }

  private void place(Field field, int index) {
    Column column = table.columns().get(index);
    if (!Cells.fits(field, column.type())) {
      problems.add(
          new Problem(
              "The column %s of table %s is %s"
                  .formatted(column.name(), table.name(), column.type()),
              "the type that Kong gives it",
              "go the way copy, which takes columns as they are"));
    }
    boolean prefixed = field.unique() && !KongEntities.isGlobal(table.name(), field.name());
    places.add(new Place(field, index, column.type(), prefixed));
  }

  /// The tables of a job that the file carries, parents first.
  static List<Carried> of(CopyJob job) {
    List<Carried> carried = new ArrayList<>();
    for (Entity entity : KongEntities.ALL) {
      job.plan()
          .table(entity.name())
          .map(table -> new Carried(entity, table))
          .ifPresent(carried::add);
    }
    return carried;
  }

  Entity entity() {
    return entity;
  }

  PlannedTable table() {
    return table;
  }

  /// Why rows of this table can't be written.
  List<Problem> problems() {
    return problems;
  }

  /// Columns that no field carries.
  List<Integer> uncarried() {
    return uncarried;
  }

  /// The names of the fields that stand in the file of every row. A time to live is not one of
  /// them: it belongs to the row and not to a column.
  Set<String> fields() {
    return places.stream().map(place -> place.field().name()).collect(Collectors.toSet());
  }

  /// The id of a row; empty for none.
  String id(StoredRow row) {
    return table.index("id").map(row::value).map(RowDigest::uuid).orElse("");
  }

  /// What stands in the file of a row.
  ///
  /// @param ttl seconds that it has left; 0 for ever
  Map<String, @Nullable Object> values(StoredRow row, int ttl) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Place place : places) {
      values.put(place.field().name(), value(place, row));
    }
    if (expiring) {
      values.put("ttl", ttl == 0 ? null : (Object) ttl);
    }
    return values;
  }

  private @Nullable Object value(Place place, StoredRow row) {
    try {
      Object value = Cells.value(place.field(), place.type(), row.value(place.index()));
      return place.prefixed() && value instanceof String text ? Cells.stripped(text) : value;
    } catch (JsonProcessingException e) {
      throw new BrokenKongYmlException(
          "The column %s of %s holds no JSON".formatted(place.field().column(), describe(row)),
          "JSON, as Kong writes it",
          "correct or delete the row at blue, then retry the phase");
    }
  }

  /// The field that a column holds, if the file carries it.
  Optional<Field> field(Column column) {
    return entity.ofColumn(column.name());
  }

  /// A row without its values.
  String describe(StoredRow row) {
    return RowWriter.describe(table.name(), table.columns(), table.keySize(), row);
  }
}
