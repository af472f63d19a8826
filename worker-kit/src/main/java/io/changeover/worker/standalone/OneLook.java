package io.changeover.worker.standalone;

import io.changeover.inventory.Cluster;
import io.changeover.messages.Failure;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.Severity;
import io.changeover.worker.Found;
import io.changeover.worker.Outcome;
import io.changeover.worker.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One cluster, looked at within its deadline. Whatever happens, it ends with a report.
final class OneLook {

  /// The code of a finding that says that there was no way to look.
  static final String UNREACHABLE = "unreachable";

  private static final Duration CONNECTING = Duration.ofSeconds(3);

  private final Look look;
  private final Cluster cluster;
  private final PhaseCommand command;
  private final Look.Limits limits;
  private final ExecutorService threads;

  OneLook(
      Look look, Cluster cluster, PhaseCommand asked, Look.Limits limits, ExecutorService threads) {
    Instant now = Instant.now();
    this.look = look;
    this.cluster = cluster;
    this.limits = limits;
    this.threads = threads;
    this.command =
        PhaseCommand.newBuilder(asked)
            .setIssuedAt(now)
            .setDeadline(now.plus(limits.deadline()))
            .build();
  }

  PhaseReport report() throws InterruptedException {
    long start = System.nanoTime();
    StandaloneContext context = new StandaloneContext(command, cluster);
    Future<List<Place.Answer>> reached = threads.submit(this::places);
    Future<Outcome> looked = threads.submit(() -> look.work().run(context));
    try {
      Outcome outcome = looked.get(limits.deadline().toMillis(), TimeUnit.MILLISECONDS);
      return report(outcome, left(reached, start));
    } catch (ExecutionException e) {
      return report(threw(Optional.ofNullable(e.getCause()).orElse(e)), left(reached, start));
    } catch (TimeoutException e) {
      context.cancel();
      looked.cancel(true);
      return report(late(), left(reached, start));
    } finally {
      reached.cancel(true);
    }
  }

  private List<Place.Answer> places() throws InterruptedException {
    List<Place.Answer> answers = new ArrayList<>();
    for (Place place : look.places().apply(cluster)) {
      answers.add(place.tried(limits.within(CONNECTING, 2)));
      if (answers.getLast().reached()) {
        break;
      }
    }
    return answers;
  }

  /// The answers of the places, unless the cluster's time is over before they came.
  private List<Place.Answer> left(Future<List<Place.Answer>> reached, long start)
      throws InterruptedException {
    long left = limits.deadline().toNanos() - (System.nanoTime() - start);
    try {
      return reached.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return List.of();
    }
  }

  private Outcome late() {
    return Outcome.retryable(
        "%s's look at cluster %s did not end within %d ms"
            .formatted(look.worker(), cluster.name(), limits.deadline().toMillis()),
        "every call to be answered by then",
        "See whether the cluster's addresses can be reached from this machine; allow more time with --deadline.");
  }

  private Outcome threw(Throwable cause) {
    return Outcome.fatal(
        "%s's look at cluster %s broke off: %s"
            .formatted(look.worker(), cluster.name(), words(cause)),
        "a look that ends with findings",
        "Report this as a fault of Changeover, with the sentence before.");
  }

  private static String words(Throwable cause) {
    return cause.getClass().getSimpleName()
        + Optional.ofNullable(cause.getMessage()).map(words -> ": " + words).orElse("");
  }

  private PhaseReport report(Outcome found, List<Place.Answer> answers) {
    Outcome outcome = Redaction.of(cluster).outcome(with(found, unreachable(found, answers)));
    return PhaseReport.newBuilder()
        .setId(command.getId() + "/" + look.worker())
        .setUpgrade(command.getUpgrade())
        .setCluster(cluster.name())
        .setPhase(command.getPhase())
        .setAttempt(command.getAttempt())
        .setWorker(look.worker())
        .setKind(outcome instanceof Outcome.Done ? ReportKind.COMPLETED : ReportKind.FAILED)
        .setAt(Instant.now())
        .setFacts(outcome.facts())
        .setFindings(outcome.findings())
        .setFailure(failure(outcome))
        .build();
  }

  private static Outcome with(Outcome outcome, Optional<Finding> more) {
    List<Finding> findings = new ArrayList<>(outcome.findings());
    more.ifPresent(findings::addFirst);
    return switch (outcome) {
      case Outcome.Done(Map<String, String> facts, var _) -> Outcome.done(facts, findings);
      case Outcome.Failed failed -> failed.withFindings(findings);
    };
  }

  /// What says that the cluster could not be looked at; empty where the work's own findings do.
  private Optional<Finding> unreachable(Outcome outcome, List<Place.Answer> answers) {
    String tried = answers.stream().map(Place.Answer::words).collect(Collectors.joining("; "));
    boolean dead = !answers.isEmpty() && answers.stream().noneMatch(answer -> answer.reached());
    if (dead) {
      return Optional.of(
          Found.blocker(
              UNREACHABLE,
              "The %s of cluster %s can't be reached from here"
                  .formatted(answers.getFirst().place().name(), cluster.name()),
              tried,
              "See that it runs, that the inventory names it rightly, and that this machine may connect to it."));
    }
    if (outcome instanceof Outcome.Failed failed && blockers(outcome) == 0) {
      return Optional.of(
          Found.blocker(
              failed.kind() == FailureKind.RETRYABLE ? UNREACHABLE : "look.refused",
              failed.reason(),
              (tried.isEmpty() ? "" : tried + "; ") + "expected " + failed.expected(),
              failed.remedy()));
    }
    return Optional.empty();
  }

  private static long blockers(Outcome outcome) {
    return outcome.findings().stream()
        .filter(finding -> finding.getSeverity() == Severity.BLOCKER)
        .count();
  }

  private static @Nullable Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> null;
      case Outcome.Failed failed ->
          new Failure(failed.kind(), failed.reason(), failed.expected(), failed.remedy());
    };
  }
}
