package io.changeover.migrator.act;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/// The older rows of targets. Kong 2.1 keeps every change of a target as a row of its own; `finish`
/// to 2.2 deletes all but the newest of each upstream and target, and their tags. Saved before,
/// they can be put back.
public final class TargetHistory {

  /// Of `t`, a row that `finish` keeps in its place: same upstream, same target, strictly newer.
  static final String NEWER =
      "SELECT 1 FROM targets n WHERE n.upstream_id = t.upstream_id AND n.target = t.target"
          + " AND n.created_at > t.created_at";

  /// Ids of the rows that `finish` deletes.
  static final String OLDER_IDS = "SELECT t.id FROM targets t WHERE EXISTS (" + NEWER + ")";

  private TargetHistory() {}

  /// How many rows `finish` will delete.
  public static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*) FROM targets t WHERE EXISTS (" + NEWER + ")")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /// Writes them to a file that only this user may read, one JSON object a line, whole or not at
  /// all. Does nothing when there are none, so that a repeat after `finish` keeps what was saved
  /// before it.
  ///
  /// @return how many rows the file holds, saved now or before
  public static long save(Connection connection, Path file) throws SQLException, IOException {
    if (count(connection) > 0) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      write(connection, part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.count();
    }
  }

  private static void write(Connection connection, Path part) throws SQLException, IOException {
    String sql =
        "SELECT to_jsonb(t)::text FROM targets t WHERE EXISTS ("
            + NEWER
            + ") ORDER BY t.created_at, t.id";
    try (BufferedWriter out =
            Files.newBufferedWriter(part, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        out.write(row.getString(1));
        out.newLine();
      }
    }
  }
}
