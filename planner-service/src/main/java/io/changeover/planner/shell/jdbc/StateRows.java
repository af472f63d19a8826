package io.changeover.planner.shell.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/// Reads upgrades for people.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface StateRows extends GenericRepository<StateRow, String> {

  /// One upgrade.
  Optional<StateRow> findById(String id);

  /// Upgrades, newest first.
  ///
  /// @param cluster of this cluster; empty: of all
  /// @param stage in this stage; empty: in any
  @Query(
      value =
          """
          SELECT id, cluster, version, stage, ended, due, started_at, changed_at, quarantine, data
          FROM state WHERE (:cluster = '' OR cluster = :cluster) AND (:stage = '' OR stage = :stage)
          ORDER BY started_at DESC, id LIMIT :limit OFFSET :offset""",
      nativeQuery = true)
  List<StateRow> page(String cluster, String stage, int limit, int offset);
}
