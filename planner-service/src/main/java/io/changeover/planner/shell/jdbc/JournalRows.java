package io.changeover.planner.shell.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/// Reads journals for people.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface JournalRows extends GenericRepository<JournalRow, Long> {

  /// The entries of one upgrade from a sequence number on.
  @Query(
      value =
          """
          SELECT position, upgrade, seq, cluster, at, data FROM journal
          WHERE upgrade = :upgrade AND seq >= :from ORDER BY seq LIMIT :limit""",
      nativeQuery = true)
  List<JournalRow> entries(String upgrade, long from, int limit);
}
