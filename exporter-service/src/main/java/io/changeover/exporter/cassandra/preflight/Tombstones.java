package io.changeover.exporter.cassandra.preflight;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.QueryTrace;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.exporter.cassandra.store.Keyspace;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How many deleted cells stand before what a scan wants to read. Cassandra walks over each, and
/// fails the read past `tombstone_failure_threshold` (100,000 where nobody changed it): a scan of a
/// whole table meets what Kong's own small reads may not.
///
/// One page of each table is read with tracing, whose words every server from 3.0 on has (`Read 12
/// live rows and 3 tombstone cells`). Nobody's log or tool is needed, and only a sample is seen.
public final class Tombstones {

  /// Cassandra's own `tombstone_warn_threshold`.
  static final long MANY = 1_000;

  /// Rows of a page.
  static final int SAMPLE = 500;

  private static final String NO_TRACE = "no trace: ";
  private static final Pattern READ = Pattern.compile("(\\d+) tombstone");

  private Tombstones() {}

  /// What was seen of one table.
  public sealed interface Seen {
    /// So many, the most of any replica.
    record Counted(long tombstones) implements Seen {}

    /// The server gave the read up because of them.
    record Failing() implements Seen {}

    /// The server did not say.
    record Unknown(String why) implements Seen {}
  }

  /// What was seen of all tables.
  ///
  /// @param tables by name
  public record Result(Map<String, Seen> tables) {
    public Result {
      tables = Map.copyOf(tables);
    }

    /// Tables with so many that it should be known, as `name (count)`; empty where there are none.
    public String many() {
      return named(
          seen ->
              switch (seen) {
                case Seen.Counted(long tombstones) ->
                    tombstones >= MANY ? Optional.of(tombstones + " in its first page") : NOTHING;
                case Seen.Failing _ -> Optional.of("its first page can't be read");
                case Seen.Unknown _ -> NOTHING;
              });
    }

    /// Tables of which nothing is known, as `name (why)`.
    public String unknown() {
      return named(seen -> seen instanceof Seen.Unknown(String why) ? Optional.of(why) : NOTHING);
    }

    private String named(java.util.function.Function<Seen, Optional<String>> words) {
      return new TreeMap<>(tables)
          .entrySet().stream()
              .flatMap(
                  table ->
                      words
                          .apply(table.getValue())
                          .map(word -> "%s (%s)".formatted(table.getKey(), word))
                          .stream())
              .collect(Collectors.joining(", "));
    }
  }

  private static final Optional<String> NOTHING = Optional.empty();

  /// Looks at every table of a keyspace. A server that keeps no traces is waited for once.
  public static Result of(Keyspace side) {
    Map<String, Seen> tables = new TreeMap<>();
    boolean traced = true;
    for (Table table : side.catalog().tables().values()) {
      Seen seen = traced ? look(side, table) : new Seen.Unknown("not asked");
      traced &= !(seen instanceof Seen.Unknown(String why) && why.startsWith(NO_TRACE));
      tables.put(table.name(), seen);
    }
    return new Result(tables);
  }

  private static Seen look(Keyspace side, Table table) {
    String key = table.key().stream().map(Column::quoted).collect(Collectors.joining(", "));
    try {
      ResultSet rows =
          side.session()
              .execute(
                  SimpleStatement.newInstance(
                          "SELECT %s FROM %s".formatted(key, side.qualified(table.name())))
                      .setPageSize(SAMPLE)
                      .setTracing(true));
      return counted(rows.getExecutionInfo().getQueryTrace());
    } catch (ReadFailureException e) {
      return new Seen.Failing();
    } catch (DriverException | IllegalStateException e) {
      return new Seen.Unknown(NO_TRACE + e.getMessage());
    }
  }

  private static Seen counted(QueryTrace trace) {
    OptionalLong most =
        trace.getEvents().stream()
            .map(event -> READ.matcher(event.getActivity()))
            .filter(Matcher::find)
            .mapToLong(words -> Long.parseLong(words.group(1)))
            .max();
    return most.isPresent()
        ? new Seen.Counted(most.getAsLong())
        : new Seen.Unknown("its trace says nothing of tombstones");
  }
}
