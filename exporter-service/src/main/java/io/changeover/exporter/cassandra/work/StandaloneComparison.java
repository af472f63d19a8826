package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.compare.Comparison;
import io.changeover.exporter.cassandra.compare.Difference;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.kongyml.Flattened;
import io.changeover.exporter.cassandra.kongyml.Homes;
import io.changeover.exporter.cassandra.kongyml.KongYmlTables;
import io.changeover.exporter.cassandra.plan.Left;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.CopyPolicy.Way;
import io.changeover.worker.Outcome;
import io.changeover.worker.Redaction;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A comparison that nobody commanded. It only reads, and remembers nothing.
public final class StandaloneComparison {

  /// Both keyspaces hold the same.
  public static final int EQUAL = 0;

  /// They do not.
  public static final int DIFFERENT = 1;

  /// They could not be read, whole or at all.
  public static final int UNREAD = 2;

  private final Cluster cluster;
  private final PrintStream out;
  private final PrintStream err;

  private StandaloneComparison(Cluster cluster, PrintStream out, PrintStream err) {
    this.cluster = cluster;
    this.out = out;
    this.err = err;
  }

  /// Compares the two keyspaces of a cluster and prints what differs.
  ///
  /// @return [#EQUAL], [#DIFFERENT] or [#UNREAD]
  public static int run(Cluster cluster, PrintStream out, PrintStream err)
      throws InterruptedException {
    return new StandaloneComparison(cluster, out, err).run();
  }

  private int run() throws InterruptedException {
    if (!(cluster.datastore() instanceof CassandraDatastore cassandra)
        || cassandra.green().isEmpty()) {
      return unread(
          Outcome.fatal(
              "The cluster %s has no two keyspaces".formatted(cluster.name()),
              "`datastore: cassandra` with `green`",
              "correct the inventory"));
    }
    try (Keyspace source = Keyspace.open(cassandra.blue());
        Keyspace target = Keyspace.open(cassandra.green().get())) {
      return switch (Preflight.look(source, target, cassandra.copy())) {
        case Preflight.Refused(var problems) ->
            unread(CassandraFailures.of(problems, cluster.name()));
        case Preflight.Ready(CopyJob job) when cassandra.copy().way() == Way.KONG_YML ->
            afterImport(job);
        case Preflight.Ready(CopyJob job) -> print(job, new Comparison(job, Watch.NONE).run());
      };
    } catch (IOException | RuntimeException e) {
      Optional<Outcome.Failed> failed = CassandraFailures.of(e, cluster.name());
      return unread(
          failed.orElseGet(
              () ->
                  Outcome.fatal(
                      "%s: %s".formatted(cluster.name(), e),
                      "both keyspaces to be read",
                      "report this as a fault of Changeover")));
    }
  }

  /// After Kong's own import rows are held to what it makes of them.
  private int afterImport(CopyJob job) throws InterruptedException, IOException {
    return switch (Homes.of(job.source())) {
      case Homes.Home.Wrong(Problem problem) ->
          unread(CassandraFailures.of(List.of(problem), cluster.name()));
      case Homes.Home.One(UUID home) -> {
        CopyJob filled = KongYmlTables.filled(job);
        Flattened rule = new Flattened(home);
        Comparison.Result result = new Comparison(filled, Watch.NONE, rule).run();
        out.printf("accepted for the way kong-yml: %s%n", rule.text());
        yield print(filled, result);
      }
    };
  }

  private int unread(Outcome.Failed failed) {
    err.println(
        Redaction.of(cluster)
            .text(
                "Expected %s, but %s. %s."
                    .formatted(failed.expected(), failed.reason(), failed.remedy())));
    return UNREAD;
  }

  private int print(CopyJob job, Comparison.Result result) {
    out.printf(
        "%s: %d rows of %d tables compared, %s and %s, coverage %s%n",
        cluster.name(),
        result.rows(),
        job.plan().tables().size(),
        job.source().name(),
        job.target().name(),
        result.coverage().toPlainString());
    result.differences().forEach(this::line);
    result.counts().forEach((table, count) -> out.printf("%s: %d rows differ%n", table, count));
    if (result.differences().isEmpty()) {
      result.unequal().forEach(slice -> out.printf("digests of %s differ%n", slice));
    }
    out.printf("findings: %s%n", result.findings().text());
    result.findings().examples().forEach(example -> out.printf("  %s%n", example));
    out.printf(
        "not compared: %s%n",
        String.join(", ", job.plan().left().stream().map(Left::toString).toList()));
    out.println(result.equal() ? "equal" : "different");
    return result.equal() ? EQUAL : DIFFERENT;
  }

  private void line(Difference difference) {
    out.println(difference);
  }
}
