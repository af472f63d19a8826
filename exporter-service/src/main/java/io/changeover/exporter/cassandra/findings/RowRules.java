package io.changeover.exporter.cassandra.findings;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.findings.Findings.Kind;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is checked of each row of one table.
final class RowRules {

  private static final int ABSENT = -1;

  private record Reference(int column, String table) {}

  /// A unique column.
  ///
  /// @param name with the table's
  private record Unique(int column, String name, boolean prefixed) {}

  private final PlannedTable table;
  private final List<Reference> references = new ArrayList<>();
  private final List<Unique> uniques = new ArrayList<>();
  private final boolean referred;
  private final int id;
  private final int workspace;
  private final int tags;
  private final int cacheKey;
  private final Prefixes prefixes = new Prefixes();

  RowRules(PlannedTable table) {
    this.table = table;
    this.id = column("id");
    this.workspace = column("ws_id");
    this.tags = table.name().equals("targets") ? ABSENT : column("tags");
    this.cacheKey = column("cache_key");
    this.referred = KongRules.REFERRED.contains(table.name()) || table.name().equals("workspaces");
    for (int i = table.keySize(); i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      String to = KongRules.REFERENCES.get(column.name());
      if (to != null && column.type().equals("uuid")) {
        references.add(new Reference(i, to));
      }
    }
    uniques(KongRules.PREFIXED.getOrDefault(table.name(), List.of()), true);
    uniques(KongRules.PLAIN.getOrDefault(table.name(), List.of()), false);
  }

  private int column(String name) {
    return table.index(name).orElse(ABSENT);
  }

  private void uniques(List<String> names, boolean prefixed) {
    for (String name : names) {
      table
          .index(name)
          .ifPresent(i -> uniques.add(new Unique(i, table.name() + "." + name, prefixed)));
    }
  }

  void check(StoredRow row, Findings findings, TagSums sums) {
    if (referred && id != ABSENT) {
      value(row, id).ifPresent(value -> findings.id(table.name(), value));
    }
    for (Reference reference : references) {
      value(row, reference.column())
          .ifPresent(
              value -> findings.reference(table, row, reference.table(), value, Kind.ORPHANS));
    }
    for (Unique unique : uniques) {
      value(row, unique.column()).ifPresent(value -> unique(row, unique, value, findings));
    }
    if (workspace != ABSENT) {
      workspace(row, findings);
    }
    if (cacheKey != ABSENT) {
      cacheKey(row, findings);
    }
    tags(row, sums);
  }

  private static Optional<ByteBuffer> value(StoredRow row, int column) {
    return Optional.ofNullable(row.value(column)).filter(ByteBuffer::hasRemaining);
  }

  private void unique(StoredRow row, Unique unique, ByteBuffer value, Findings findings) {
    findings.unique(table, row, unique.name(), value);
    if (unique.prefixed() && workspace != ABSENT && !prefixed(row, value)) {
      findings.found(Kind.PREFIX, table, row);
    }
  }

  private boolean prefixed(StoredRow row, ByteBuffer value) {
    ByteBuffer prefix = prefixes.of(row.value(workspace));
    return value.remaining() >= prefix.remaining()
        && value.slice(value.position(), prefix.remaining()).equals(prefix);
  }

  private void workspace(StoredRow row, Findings findings) {
    Optional<ByteBuffer> value = value(row, workspace);
    if (value.isEmpty()) {
      findings.found(Kind.FOREIGNWS, table, row);
    } else {
      findings.reference(table, row, "workspaces", value.get(), Kind.FOREIGNWS);
    }
  }

  private void cacheKey(StoredRow row, Findings findings) {
    Optional<String> expected =
        switch (table.name()) {
          case "plugins" ->
              Optional.of(
                  String.join(
                      ":",
                      "plugins",
                      text(row, "name"),
                      uuid(row, "route_id"),
                      uuid(row, "service_id"),
                      uuid(row, "consumer_id"),
                      "",
                      uuid(row, "ws_id")));
          case "acls" ->
              Optional.of(
                  String.join(
                      ":",
                      "acls",
                      uuid(row, "consumer_id"),
                      text(row, "group"),
                      "",
                      "",
                      "",
                      uuid(row, "ws_id")));
          default -> Optional.empty();
        };
    if (expected.isPresent() && !expected.get().equals(row.text(cacheKey))) {
      findings.found(Kind.CACHEKEY, table, row);
    }
  }

  private String text(StoredRow row, String column) {
    return table.index(column).map(row::text).orElse("");
  }

  private String uuid(StoredRow row, String column) {
    return table.index(column).map(i -> RowDigest.uuid(row.value(i))).orElse("");
  }

  private void tags(StoredRow row, TagSums sums) {
    if (table.name().equals("tags")) {
      tagRow(row, sums);
    } else if (tags != ABSENT && id != ABSENT) {
      value(row, tags).ifPresent(all -> entity(row, all, sums));
    }
  }

  private void tagRow(StoredRow row, TagSums sums) {
    String entity = text(row, "entity_name");
    if (!entity.equals("targets")) {
      sums.row(
          entity,
          text(row, "entity_id"),
          Objects.requireNonNull(row.value(column("tag"))),
          Objects.requireNonNullElse(row.value(column("other_tags")), ByteBuffer.allocate(0)));
    }
  }

  private void entity(StoredRow row, ByteBuffer all, TagSums sums) {
    ByteBuffer at = all.duplicate();
    int count = at.getInt();
    for (int i = 0; i < count; i++) {
      int length = at.getInt();
      ByteBuffer tag = at.slice(at.position(), length);
      at.position(at.position() + length);
      sums.entity(table.name(), RowDigest.uuid(row.value(id)), tag, all);
    }
  }
}
