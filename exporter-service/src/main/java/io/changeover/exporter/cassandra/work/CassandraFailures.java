package io.changeover.exporter.cassandra.work;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import io.changeover.exporter.cassandra.checkpoint.CheckpointInUseException;
import io.changeover.exporter.cassandra.copy.WriteFailedException;
import io.changeover.exporter.cassandra.dump.BrokenDumpException;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.scan.ReadFailedException;
import io.changeover.exporter.kongyml.BrokenKongYmlException;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.worker.Outcome;
import io.changeover.worker.TlsRefusal;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a failure of Cassandra or of the disk means for the phase.
public final class CassandraFailures {

  /// Cassandra's own limit is half a segment of its commit log: 16 MB where nobody changed it.
  private static final long LARGE = 4L * 1024 * 1024;

  private CassandraFailures() {}

  /// The outcome of a preflight that found something.
  public static Outcome.Failed of(List<Problem> problems, String about) {
    String reason = join(problems.stream().map(Problem::reason).toList());
    String expected = join(problems.stream().map(Problem::expected).toList());
    String remedy = join(problems.stream().map(Problem::remedy).toList());
    return problems.stream().allMatch(Problem::mayPass)
        ? Outcome.retryable(about + ": " + reason, expected, remedy)
        : Outcome.fatal(about + ": " + reason, expected, remedy);
  }

  private static String join(List<String> texts) {
    return texts.stream().distinct().collect(Collectors.joining("; "));
  }

  /// The outcome of an exception; empty for one that is a fault of this program.
  ///
  /// @param about upgrade, cluster and attempt, for the reason
  public static Optional<Outcome.Failed> of(Exception cause, String about) {
    return switch (cause) {
      case WriteFailedException e -> Optional.of(write(e, about));
      case ReadFailedException e -> Optional.of(store(e.reason(), about));
      case DriverException e -> Optional.of(store(e, about));
      case UnresolvedSecretException e ->
          Optional.of(
              Outcome.fatal(
                  about + ": " + e.getMessage(),
                  "the secret on the exporter-service's machine",
                  "give the exporter-service the variable or file, then retry the phase"));
      case BrokenDumpException e -> Optional.of(of(List.of(e.problem()), about));
      case BrokenKongYmlException e ->
          Optional.of(Outcome.fatal(about + ": " + e.getMessage(), e.expected(), e.remedy()));
      case CheckpointInUseException e ->
          Optional.of(
              Outcome.retryable(
                  about + ": " + e.getMessage(),
                  "one exporter-service at work on a cluster's copy",
                  "nothing if the other ends soon; else look for a second one on `copy: folder`"));
      case IOException e -> Optional.of(disk(e, about));
      default -> Optional.empty();
    };
  }

  private static Outcome.Failed write(WriteFailedException e, String about) {
    boolean refused =
        e.reason() instanceof InvalidQueryException || e.reason() instanceof WriteFailureException;
    if (refused && e.bytes() >= LARGE) {
      return Outcome.fatal(
          "%s: the row is too large for the target: %s".formatted(about, e.getMessage()),
          "rows that fit half a commit log segment of the target",
          "raise `commitlog_segment_size` (or `max_mutation_size`) at the target to the source's, then retry the phase");
    }
    Outcome.Failed store = store(e.reason(), about + ", writing " + e.getMessage());
    return store;
  }

  private static Outcome.Failed store(Throwable cause, String about) {
    String reason = "%s: Cassandra said: %s".formatted(about, words(cause));
    return switch (cause) {
      case AllNodesFailedException e when refusesLogin(e) ->
          Outcome.fatal(
              reason,
              "user and password of the inventory to be accepted",
              "correct them, then retry the phase");
      case AllNodesFailedException e when refusesCertificate(e) ->
          Outcome.fatal(
              reason,
              "nodes that talk TLS with a certificate which the JVM's trust store knows and which names the address",
              "give the exporter-service the nodes' authority (-Djavax.net.ssl.trustStore), or correct contact points and `tls` of the inventory, then retry the phase");
      case AuthenticationException _ ->
          Outcome.fatal(
              reason,
              "user and password of the inventory to be accepted",
              "correct them, then retry the phase");
      case UnauthorizedException _ ->
          Outcome.fatal(
              reason,
              "a user who may read the source, and read and write the target",
              "grant it SELECT (and MODIFY at the target), then retry the phase");
      case InvalidQueryException _ ->
          Outcome.fatal(
              reason,
              "tables that stay as they are while they are copied",
              "look who changes the schema; retry the phase when that is done");
      case ReadFailureException _ ->
          Outcome.retryable(
              reason,
              "replicas that can read the range",
              "look at Cassandra's log: with many tombstones run a major compaction of the table after gc_grace_seconds");
      default ->
          Outcome.retryable(
              reason,
              "enough replicas to answer in time",
              "see which nodes are down (`nodetool status`) and start them, and that port and `tls` of the inventory are theirs; lower `copy: inFlight` or set a rate where they are overloaded. The next attempt goes on where this one ended");
    };
  }

  /// Every node that answered did so with something that is no TLS, or none that is trusted.
  private static boolean refusesCertificate(AllNodesFailedException e) {
    List<Throwable> all = e.getAllErrors().values().stream().flatMap(Collection::stream).toList();
    return !all.isEmpty() && all.stream().allMatch(error -> TlsRefusal.in(error).isPresent());
  }

  private static boolean refusesLogin(AllNodesFailedException e) {
    List<Throwable> all = e.getAllErrors().values().stream().flatMap(Collection::stream).toList();
    return !all.isEmpty() && all.stream().allMatch(AuthenticationException.class::isInstance);
  }

  private static String words(Throwable cause) {
    return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
  }

  private static Outcome.Failed disk(IOException e, String about) {
    String words = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    String reason = "%s: the files of the copy could not be used: %s".formatted(about, words);
    return words.toLowerCase(Locale.ROOT).contains("no space left")
        ? Outcome.fatal(
            reason,
            "room in `copy: folder` and `copy: artifacts`",
            "make room, then retry the phase")
        : Outcome.fatal(
            reason,
            "a folder that the exporter-service may write to",
            "correct `copy: folder` or `artifacts` of the inventory or its rights, then retry the phase");
  }
}
