package io.changeover.migrator.preflight.content;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.observe.Catalogue;
import io.changeover.migrator.observe.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Tables in a keyspace of Cassandra.
public record CqlContent(CqlSession session, String keyspace, Catalogue catalogue)
    implements Content<RuntimeException> {

  private static final int PAGE = 2000;

  @Override
  public boolean has(String table, String column) {
    return catalogue.columns(table).contains(column);
  }

  @Override
  public boolean any(String table) {
    return session.execute("SELECT * FROM " + place(table) + " LIMIT 1").one() != null;
  }

  @Override
  public List<JsonNode> rows(String table, List<String> columns, Predicate<JsonNode> wanted) {
    String cql =
        "SELECT JSON %s FROM %s"
            .formatted(
                String.join(", ", columns.stream().map(Keyspaces::quoted).toList()), place(table));
    List<JsonNode> kept = new ArrayList<>();
    for (Row row : session.execute(SimpleStatement.newInstance(cql).setPageSize(PAGE))) {
      JsonNode one = Json.read(String.valueOf(row.getString(0)));
      if (wanted.test(one)) {
        kept.add(one);
      }
    }
    return kept;
  }

  private String place(String table) {
    return Keyspaces.quoted(keyspace) + "." + Keyspaces.quoted(table);
  }
}
