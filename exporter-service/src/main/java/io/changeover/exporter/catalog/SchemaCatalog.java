package io.changeover.exporter.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a schema from pg_catalog. The definitions come without the schema's name, so that they can
/// be run in another one: the `pretty` variants of `pg_get_…def` leave out what the search path
/// finds, and `pg_get_functiondef`, which does not, is cut.
public final class SchemaCatalog {

  /// Objects of extensions belong to the extension, not to Kong.
  private static final String NOT_OF_AN_EXTENSION =
      " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = '%s'::regclass AND d.objid = o.oid"
          + " AND d.deptype = 'e')";

  private static final String RELATIONS =
      "SELECT o.oid, o.relname, o.relkind::text, o.relpersistence::text, o.relrowsecurity,"
          + " EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhrelid = o.oid OR i.inhparent = o.oid)"
          + " FROM pg_class o WHERE o.relnamespace = ?::regnamespace AND o.relkind NOT IN ('i', 'I', 't')"
          + NOT_OF_AN_EXTENSION.formatted("pg_class")
          + " ORDER BY o.relname";

  private static final String TYPES =
      "SELECT o.typname, o.typtype::text FROM pg_type o WHERE o.typnamespace = ?::regnamespace"
          + " AND (o.typtype IN ('e', 'd', 'r', 'm') OR o.typtype = 'c' AND EXISTS"
          + " (SELECT 1 FROM pg_class c WHERE c.oid = o.typrelid AND c.relkind = 'c'))"
          + NOT_OF_AN_EXTENSION.formatted("pg_type")
          + " ORDER BY o.typname";

  private static final String FUNCTIONS =
      "SELECT o.proname, CASE WHEN a.aggfnoid IS NULL THEN pg_get_functiondef(o.oid) END,"
          + " quote_ident(n.nspname) FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace"
          + " LEFT JOIN pg_aggregate a ON a.aggfnoid = o.oid"
          + " WHERE o.pronamespace = ?::regnamespace"
          + NOT_OF_AN_EXTENSION.formatted("pg_proc")
          + " ORDER BY o.proname, o.oid";

  private static final String COLUMNS =
      "a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(b.adbin, b.adrelid),"
          + " CASE WHEN a.attcollation <> t.typcollation THEN"
          + " (SELECT CASE n.nspname WHEN 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(c.collname)"
          + " FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE c.oid = a.attcollation) END"
          + " FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
          + " LEFT JOIN pg_attrdef b ON b.adrelid = a.attrelid AND b.adnum = a.attnum"
          + " WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

  /// Keys before the foreign keys that refer to them; NOT NULL stands with the columns.
  private static final String CONSTRAINTS =
      "SELECT format('ALTER TABLE %I ADD CONSTRAINT %I ', r.relname, o.conname) || pg_get_constraintdef(o.oid, true)"
          + " FROM pg_constraint o JOIN pg_class r ON r.oid = o.conrelid"
          + " WHERE o.connamespace = ?::regnamespace AND r.relkind = 'r' AND o.contype IN ('p', 'u', 'c', 'x', 'f')"
          + " ORDER BY array_position(ARRAY['p','u','x','c','f'], o.contype::text), r.relname, o.conname";

  private static final String INDEXES =
      "SELECT pg_get_indexdef(i.indexrelid, 0, true) FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid"
          + " JOIN pg_class o ON o.oid = i.indexrelid WHERE r.relnamespace = ?::regnamespace AND r.relkind = 'r'"
          + " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))"
          + " ORDER BY r.relname, o.relname";

  private static final String TRIGGERS =
      "SELECT pg_get_triggerdef(t.oid, true) FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid"
          + " WHERE r.relnamespace = ?::regnamespace AND NOT t.tgisinternal ORDER BY r.relname, t.tgname";

  private record Relation(long oid, String name) {}

  private final Connection connection;
  private final String schema;

  /// @param connection in a transaction; its search path is set to the schema for the transaction
  /// @param schema not quoted
  public SchemaCatalog(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /// Whether nothing at all is in the schema, or there is none of that name.
  public static boolean isEmpty(Connection connection, String schema) throws SQLException {
    String sql =
        "SELECT (SELECT count(*) FROM pg_class o WHERE o.relnamespace = n.oid"
            + NOT_OF_AN_EXTENSION.formatted("pg_class")
            + ") + (SELECT count(*) FROM pg_proc o WHERE o.pronamespace = n.oid"
            + NOT_OF_AN_EXTENSION.formatted("pg_proc")
            + ") FROM pg_namespace n WHERE n.nspname = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, schema);
      try (ResultSet row = query.executeQuery()) {
        return !row.next() || row.getLong(1) == 0;
      }
    }
  }

  /// Reads the schema and locks its tables against changes of their shape until the transaction
  /// ends.
  ///
  /// @throws UnsupportedSchemaException when a copy could not make all of it again
  public SchemaShape read() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL search_path TO " + Quoted.name(schema));
    }
    lock(relations());
    List<Relation> relations = relations();
    List<String> before = new ArrayList<>(functions());
    List<TableShape> tables = new ArrayList<>();
    for (Relation relation : relations) {
      TableShape table = new TableShape(relation.name(), columns(relation));
      tables.add(table);
      before.add(createTable(table));
    }
    List<String> after = new ArrayList<>(statements(CONSTRAINTS));
    after.addAll(statements(INDEXES));
    after.addAll(statements(TRIGGERS));
    return new SchemaShape(
        connection.getMetaData().getDatabaseProductVersion(), List.copyOf(tables), before, after);
  }

  private void lock(List<Relation> relations) throws SQLException {
    if (relations.isEmpty()) {
      return;
    }
    String names =
        relations.stream()
            .map(relation -> "ONLY " + Quoted.name(schema) + "." + Quoted.name(relation.name()))
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + names + " IN ACCESS SHARE MODE");
    }
  }

  private List<Relation> relations() throws SQLException {
    List<Relation> relations = new ArrayList<>();
    List<String> unsupported = new ArrayList<>(types());
    try (PreparedStatement query = query(RELATIONS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        boolean plain =
            row.getString(3).equals("r")
                && !row.getString(4).equals("t")
                && !row.getBoolean(5)
                && !row.getBoolean(6);
        if (plain) {
          relations.add(new Relation(row.getLong(1), row.getString(2)));
        } else if (!row.getString(3).equals("c")) {
          unsupported.add(kind(row.getString(3)) + " " + row.getString(2));
        }
      }
    }
    if (!unsupported.isEmpty()) {
      throw new UnsupportedSchemaException(schema, unsupported);
    }
    return relations;
  }

  private static String kind(String relkind) {
    return switch (relkind) {
      case "r" -> "inherited, partition or row-secured table";
      case "p" -> "partitioned table";
      case "v" -> "view";
      case "m" -> "materialized view";
      case "S" -> "sequence";
      case "f" -> "foreign table";
      default -> "relation of kind " + relkind;
    };
  }

  private List<String> types() throws SQLException {
    List<String> types = new ArrayList<>();
    try (PreparedStatement query = query(TYPES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        types.add("type " + row.getString(1));
      }
    }
    return types;
  }

  private List<String> functions() throws SQLException {
    List<String> functions = new ArrayList<>();
    try (PreparedStatement query = query(FUNCTIONS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String definition = row.getString(2);
        if (definition == null) {
          throw new UnsupportedSchemaException(schema, List.of("aggregate " + row.getString(1)));
        }
        functions.add(
            definition.replaceFirst(Pattern.quote(row.getString(3) + "."), "").stripTrailing());
      }
    }
    return functions;
  }

  private List<TableShape.Column> columns(Relation relation) throws SQLException {
    List<TableShape.Column> columns = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT " + madeByTheServer() + ", " + COLUMNS)) {
      query.setLong(1, relation.oid());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (row.getBoolean(1)) {
            throw new UnsupportedSchemaException(
                schema,
                List.of(
                    "identity or generated column " + relation.name() + "." + row.getString(2)));
          }
          columns.add(column(row));
        }
      }
    }
    return List.copyOf(columns);
  }

  /// Whether the server makes a column's values: identity is of PostgreSQL 10, generated of 12.
  private String madeByTheServer() throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    String identity = major >= 10 ? "a.attidentity <> ''" : "false";
    return major >= 12 ? identity + " OR a.attgenerated <> ''" : identity;
  }

  private static TableShape.Column column(ResultSet row) throws SQLException {
    String name = row.getString(2);
    String type = row.getString(3);
    String collation = row.getString(6) == null ? "" : " COLLATE " + row.getString(6);
    String initial = row.getString(5) == null ? "" : " DEFAULT " + row.getString(5);
    String present = row.getBoolean(4) ? " NOT NULL" : "";
    return new TableShape.Column(
        name, type, Quoted.name(name) + " " + type + collation + initial + present);
  }

  private static String createTable(TableShape table) {
    String columns =
        table.columns().stream()
            .map(TableShape.Column::definition)
            .collect(Collectors.joining(",\n  ", "\n  ", "\n"));
    return "CREATE TABLE " + Quoted.name(table.name()) + " (" + columns + ")";
  }

  private List<String> statements(String sql) throws SQLException {
    List<String> statements = new ArrayList<>();
    try (PreparedStatement query = query(sql);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        statements.add(row.getString(1));
      }
    }
    return statements;
  }

  private PreparedStatement query(String sql) throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setString(1, Quoted.name(schema));
    return query;
  }
}
