package io.changeover.exporter.cassandra.copy;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.Optional;

/// One write to the target, which may be sent again and does the same each time.
public interface Write {

  /// The statement, with the time to live that is left now.
  ///
  /// @param now milliseconds since 1970
  /// @return empty when what it writes has ended meanwhile
  Optional<BoundStatement> statement(long now);

  /// About how large it is.
  long bytes();

  /// Which row of which table, without values: for messages.
  String about();
}
