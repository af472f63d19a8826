package io.changeover.exporter;

import io.changeover.exporter.backup.BrokenBackupException;
import io.changeover.exporter.restore.Restore;
import io.changeover.exporter.restore.RestoreRefusedException;
import io.changeover.inventory.JdbcUrl;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Puts a backup into an empty schema: `--backup DIR --url jdbc:postgresql://… --user NAME
/// [--schema NAME]`. The password comes from the environment variable PGPASSWORD.
public final class RestoreMain {

  private static final List<String> OPTIONS = List.of("--backup", "--url", "--user", "--schema");
  private static final String USAGE =
      "expected --backup DIR --url jdbc:postgresql://HOST:PORT/DATABASE --user NAME [--schema"
          + " NAME], and the password in PGPASSWORD";

  /// The longest silence of the server: a statement that builds an index over much may be silent
  /// long.
  private static final String SILENCE_SECONDS = "3600";

  private RestoreMain() {}

  /// Exits with 0 when the backup was put back, with 1 when not, with 2 for a wrong call.
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  /// The same for callers in this process.
  public static int run(
      List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.size(); i += 2) {
      options.put(args.get(i), args.get(i + 1));
    }
    boolean complete =
        args.size() % 2 == 0
            && OPTIONS.containsAll(options.keySet())
            && options.keySet().containsAll(OPTIONS.subList(0, 3));
    if (!complete) {
      err.println("Wrong call; " + USAGE);
      return 2;
    }
    String url = options.getOrDefault("--url", "");
    if (JdbcUrl.carriesPassword(url)) {
      err.println("Expected no password in --url, where every process can read it; " + USAGE);
      return 2;
    }
    try {
      restore(options, environment.getOrDefault("PGPASSWORD", ""), out);
      return 0;
    } catch (SQLException e) {
      err.println("Nothing was restored: " + JdbcUrl.said(url, e));
      return 1;
    } catch (RestoreRefusedException | BrokenBackupException | IOException e) {
      err.println("Nothing was restored: " + e.getMessage());
      return 1;
    }
  }

  private static void restore(Map<String, String> options, String password, PrintStream out)
      throws IOException, SQLException {
    Restore restore = Restore.of(Path.of(options.getOrDefault("--backup", "")));
    Properties properties = new Properties();
    properties.setProperty("user", options.getOrDefault("--user", ""));
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("socketTimeout", SILENCE_SECONDS);
    properties.setProperty("ApplicationName", "changeover-restore");
    String schema = options.getOrDefault("--schema", restore.manifest().schema());
    try (Connection connection =
        DriverManager.getConnection(options.getOrDefault("--url", ""), properties)) {
      Restore.Restored restored = restore.into(connection, schema);
      out.printf(
          "Restored %d tables with %d rows of cluster %s into the schema %s%n",
          restored.tables(), restored.rows(), restore.manifest().cluster(), schema);
    }
  }
}
