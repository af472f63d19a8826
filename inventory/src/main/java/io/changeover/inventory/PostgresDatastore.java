package io.changeover.inventory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A PostgreSQL database that Kong uses.
///
/// @param user the role that Kong's migrations run as; owns the tables
/// @param password empty text where the server asks for none
/// @param sslMode pgjdbc's and libpq's word: `disable`, `prefer`, `require`, `verify-ca` or
///   `verify-full`
public record PostgresDatastore(
    String host,
    int port,
    String database,
    String schema,
    String user,
    Secret password,
    String sslMode)
    implements Datastore {

  /// The JDBC address, without user and password.
  public String jdbcUrl() {
    String bare = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return "jdbc:postgresql://"
        + bare
        + ":"
        + port
        + "/"
        + encode(database)
        + "?sslmode="
        + sslMode;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public List<Secret> secrets() {
    return List.of(password);
  }
}
