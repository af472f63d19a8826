package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class PostgresEntitiesIT extends EntitiesContract {
  @TempDir static Path dir;
  private static KongLab lab;

  @BeforeAll
  static void open() throws IOException, SQLException {
    lab = KongLab.open(dir);
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
  }

  @Override
  Map<String, String> bootstrapped() throws SQLException {
    return lab.environment(lab.database("done", "2.2.2"), lab.prefix());
  }

  @Override
  List<String> cacheKeys(Map<String, String> environment) throws SQLException {
    String database = Objects.requireNonNull(environment.get("KONG_PG_DATABASE"));
    return lab.query(database, "SELECT cache_key FROM plugins");
  }
}
