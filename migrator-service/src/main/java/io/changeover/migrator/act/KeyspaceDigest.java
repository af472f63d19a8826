package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.inventory.CassandraStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The digest of [ConfigurationDigest] for a keyspace that both versions share, by the same rules;
/// its value is another one, since Cassandra has other types. Cassandra has no snapshots: what is
/// written while it is read may be in it or not.
public final class KeyspaceDigest {

  /// Types of one cell. Servers before 5.0 know no time to live of what is not frozen.
  private static final Pattern SINGLE_CELL =
      Pattern.compile(
          "frozen<.*|ascii|bigint|blob|boolean|date|decimal|double|duration|float|inet|int|smallint"
              + "|text|time|timestamp|timeuuid|tinyint|uuid|varint");

  /// Rows may be as large as a certificate chain, so pages begin small and follow the rows' size.
  private static final int FIRST_PAGE = 20;

  private static final int LARGEST_PAGE = 1000;
  private static final long PAGE_BYTES = 512 * 1024;

  /// @param columns by name
  /// @param timed those whose time to live can be asked for
  private record Table(String name, List<String> columns, List<String> timed) {

    String select(String keyspace) {
      Stream<String> values = columns.stream().map(Keyspaces::quoted);
      Stream<String> times = timed.stream().map(column -> "ttl(" + Keyspaces.quoted(column) + ")");
      return Stream.concat(values, times)
          .collect(
              Collectors.joining(
                  ", ",
                  "SELECT ",
                  " FROM " + Keyspaces.quoted(keyspace) + "." + Keyspaces.quoted(name)));
    }
  }

  private record Column(String name, boolean regular, String type) {

    boolean timed() {
      return regular && SINGLE_CELL.matcher(type).matches();
    }

    boolean counts() {
      return type.equals("counter");
    }
  }

  private final CqlSession session;
  private final String keyspace;
  private final Set<String> tables;
  private final Set<String> targets;

  private KeyspaceDigest(
      CqlSession session, String keyspace, Set<String> tables, Set<String> targets) {
    this.session = session;
    this.keyspace = keyspace;
    this.tables = tables;
    this.targets = targets;
  }

  /// Reads everything once at the store's consistency, a page at a time. Of targets the ids are
  /// kept while it reads.
  ///
  /// @param answer longest time for one page
  /// @throws com.datastax.oss.driver.api.core.DriverException when it could not be read
  /// @throws io.changeover.inventory.UnresolvedSecretException when the password's reference leads
  ///   nowhere
  public static ConfigurationDigest.Digest of(CassandraStore store, Duration answer) {
    String keyspace = store.keyspace();
    try (CqlSession session = Keyspaces.open(store, answer)) {
      Set<String> tables = KeyspaceTables.tables(session, keyspace);
      Set<String> targets =
          tables.contains("targets")
              ? KeyspaceTargets.newest(session, keyspace).stream()
                  .map(String::valueOf)
                  .collect(Collectors.toUnmodifiableSet())
              : Set.of();
      return new KeyspaceDigest(session, keyspace, tables, targets).whole();
    }
  }

  private ConfigurationDigest.Digest whole() {
    MessageDigest whole = RowSum.sha256();
    long rows = 0;
    for (Table table : tables()) {
      RowSum sum = sum(table);
      sum.into(whole, table.name());
      rows += sum.rows();
    }
    return new ConfigurationDigest.Digest(HexFormat.of().formatHex(whole.digest()), rows);
  }

  /// By name; a table with counters holds what Kong counts.
  private List<Table> tables() {
    TreeMap<String, List<Column>> columns = new TreeMap<>();
    for (Row row :
        session.execute(
            "SELECT table_name, column_name, kind, type FROM system_schema.columns"
                + " WHERE keyspace_name = ?",
            keyspace)) {
      columns
          .computeIfAbsent(String.valueOf(row.getString(0)), _ -> new ArrayList<>())
          .add(
              new Column(
                  String.valueOf(row.getString(1)),
                  "regular".equals(row.getString(2)),
                  String.valueOf(row.getString(3))));
    }
    return columns.entrySet().stream()
        .filter(entry -> tables.contains(entry.getKey()))
        .filter(entry -> ConfigurationDigest.counts(entry.getKey()))
        .filter(entry -> entry.getValue().stream().noneMatch(Column::counts))
        .map(entry -> table(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Table table(String name, List<Column> columns) {
    return new Table(
        name,
        columns.stream().map(Column::name).sorted().toList(),
        columns.stream().filter(Column::timed).map(Column::name).sorted().toList());
  }

  private RowSum sum(Table table) {
    RowSum sum = new RowSum();
    SimpleStatement all = SimpleStatement.newInstance(table.select(keyspace));
    int page = FIRST_PAGE;
    ByteBuffer next = null;
    do {
      ResultSet read = session.execute(all.setPageSize(page).setPagingState(next));
      int rows = read.getAvailableWithoutFetching();
      long bytes = 0;
      for (int i = 0; i < rows; i++) {
        bytes += add(sum, table, Objects.requireNonNull(read.one()));
      }
      next = read.getExecutionInfo().getPagingState();
      page = Math.clamp(PAGE_BYTES * rows / Math.max(1, bytes), 1, LARGEST_PAGE);
    } while (next != null);
    return sum;
  }

  /// Adds a row that counts.
  ///
  /// @return its size
  private int add(RowSum sum, Table table, Row row) {
    byte[] bytes = bytes(table.columns(), row);
    if (!ends(table, row) && inForce(table.name(), row)) {
      sum.add(bytes);
    }
    return bytes.length;
  }

  private static boolean ends(Table table, Row row) {
    int first = table.columns().size();
    for (int i = first; i < first + table.timed().size(); i++) {
      if (!row.isNull(i)) {
        return true;
      }
    }
    return false;
  }

  /// `finish` deletes the older rows of a target and leaves their tags.
  private boolean inForce(String table, Row row) {
    return switch (table) {
      case "targets" -> targets.contains(String.valueOf(row.getUuid("id")));
      case "tags" ->
          !"targets".equals(row.getString("entity_name"))
              || targets.contains(row.getString("entity_id"));
      default -> true;
    };
  }

  /// Names and values of what is not null, with their lengths.
  private static byte[] bytes(List<String> columns, Row row) {
    List<ByteBuffer> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ByteBuffer value = row.getBytesUnsafe(i);
      if (value != null) {
        parts.add(ByteBuffer.wrap(columns.get(i).getBytes(StandardCharsets.UTF_8)));
        parts.add(value.duplicate());
      }
    }
    int length = parts.stream().mapToInt(part -> Integer.BYTES + part.remaining()).sum();
    ByteBuffer joined = ByteBuffer.allocate(length);
    parts.forEach(part -> joined.putInt(part.remaining()).put(part));
    return joined.array();
  }
}
