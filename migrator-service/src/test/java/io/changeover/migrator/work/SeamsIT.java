package io.changeover.migrator.work;

import static io.changeover.migrator.work.MigrationIT.done;
import static io.changeover.migrator.work.MigrationIT.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.FailureKind;
import io.changeover.messages.PhaseCommand;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import io.changeover.worker.testing.FakePhaseContext.Death;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that dies after each of its effects, while the command it had started goes on by
/// itself, is followed by one that reports the same facts of the same world.
class SeamsIT {

  private static final EmbeddedPostgresServer POSTGRES = SharedPostgres.server();

  /// An attempt may find the command of the one before still at work; more often than this, and it
  /// makes no headway.
  private static final int ATTEMPTS = 5;

  /// What tells when and where, not what.
  private static final List<String> OF_THE_ATTEMPT =
      List.of(Facts.SCHEMA_BEFORE, Facts.DURATION_MS, "targets.saved");

  @TempDir Path folder;

  /// @param prepare the world before the phase
  /// @param look the world after it
  private record Phase(
      String action,
      String side,
      BiFunction<EmbeddedPostgresServer, Path, StandIn> lab,
      Consumer<StandIn> prepare,
      Look look) {

    FakePhaseContext context(StandIn lab) {
      PhaseCommand.Builder command =
          FakePhaseContext.command("lab", action)
              .setFromVersion(action.equals(Actions.BOOTSTRAP) ? "" : lab.blueVersion)
              .setSide(side);
      return FakePhaseContext.of(command.build(), lab.cluster());
    }
  }

  private interface Look {
    List<String> at(StandIn lab) throws InterruptedException;
  }

  private record End(Map<String, String> facts, List<String> world) {}

  @Test
  void up() throws Exception {
    assertThat(seams(new Phase(Actions.MIGRATE_UP, "", StandIn::seeded, _ -> {}, SeamsIT::schema)))
        .isEqualTo(1);
  }

  @Test
  void finish_keeps_what_it_deletes() throws Exception {
    assertThat(
            seams(
                new Phase(
                    Actions.MIGRATE_FINISH,
                    "",
                    StandIn::seeded,
                    SeamsIT::migratedWithAnOlderTarget,
                    lab -> List.of(schema(lab).toString(), saved(lab)))))
        .isEqualTo(1);
  }

  @Test
  void bootstrap() throws Exception {
    assertThat(
            seams(new Phase(Actions.BOOTSTRAP, "green", StandIn::empty, _ -> {}, SeamsIT::schema)))
        .isEqualTo(1);
  }

  @Test
  @Tag("deep")
  void start_of_green() throws Exception {
    assertThat(
            seams(
                new Phase(
                    Actions.START_NODES,
                    "green",
                    StandIn::seeded,
                    lab -> lab.migrate("2.2.2", "up"),
                    SeamsIT::blueLogin)))
        .isEqualTo(1);
  }

  @Test
  @Tag("deep")
  void start_of_blue_with_the_login_given_back() throws Exception {
    assertThat(
            seams(
                new Phase(
                    Actions.START_NODES,
                    "blue",
                    StandIn::seeded,
                    SeamsIT::fencedOff,
                    SeamsIT::blueLogin)))
        .isEqualTo(2);
  }

  @Test
  @Tag("deep")
  void stop_of_blue_with_the_login_taken() throws Exception {
    assertThat(
            seams(
                new Phase(
                    Actions.STOP_NODES,
                    "blue",
                    StandIn::seeded,
                    SeamsIT::serving,
                    lab -> List.of(blueLogin(lab).toString(), watched(lab)))))
        .isEqualTo(2);
  }

  @Test
  void a_finish_that_fails_with_work_left_runs_again_in_the_same_attempt() throws Exception {
    try (StandIn lab = StandIn.seeded(POSTGRES, folder)) {
      migratedWithAnOlderTarget(lab);
      lab.execute(
          "UPDATE schema_meta SET pending = '{003_200_to_210}', executed = array_remove(executed, '003_200_to_210')"
              + " WHERE subsystem = 'jwt'");
      Path half = folder.resolve("half");
      lab.script()
          .intercept(
              """
          if [[ "$1 $2" == "migrations finish" && ! -e %1$s.done ]]; then
            touch %1$s; while [[ -e %1$s ]]; do sleep 0.1; done; touch %1$s.done
            echo "Error: [PostgreSQL error] cluster_mutex callback threw an error: canceled" >&2
            exit 1
          fi
          """
                  .formatted(half));
      lab.script().count();
      Thread kong =
          Thread.startVirtualThread(
              () -> {
                MigrationIT.await(() -> Files.exists(half));
                lab.execute(
                    "UPDATE schema_meta SET pending = '{}', executed = executed || '{003_200_to_210}'"
                        + " WHERE subsystem = 'jwt'");
                delete(half);
              });
      Outcome.Done finished = done(lab.run(Actions.MIGRATE_FINISH));
      kong.join();
      assertThat(finished.facts())
          .containsEntry(Facts.SCHEMA_BEFORE, "pending")
          .containsEntry(Facts.SCHEMA_AFTER, "executed")
          .containsEntry(Facts.SCHEMA_PENDING, "");
      assertThat(lab.script().counted())
          .filteredOn(call -> call.startsWith("migrations finish"))
          .hasSize(2);
    }
  }

  @Test
  void exit_0_with_aborted_is_never_taken_for_success() throws Exception {
    try (StandIn lab = StandIn.seeded(POSTGRES, folder)) {
      lab.script()
          .intercept(
              """
          if [[ "$1" == migrations && "$2" != list && ! -e %1$s/free ]]; then
            echo "aborted: another node is performing database changes"; exit 0
          fi
          """
                  .formatted(folder));
      lab.script().count();
      for (String action : List.of(Actions.MIGRATE_UP, Actions.MIGRATE_FINISH)) {
        Files.deleteIfExists(folder.resolve("free"));
        FakePhaseContext never = lab.context(action, Optional.empty());
        never.onProgress(_ -> calledOffAtTheThird(never));
        Outcome.Failed held = failed(lab.run(action, never));
        assertThat(held.kind()).isEqualTo(FailureKind.RETRYABLE);
        assertThat(held.reason()).contains("aborted: another node is performing database changes");
        assertThat(
                lab.script().counted().stream().filter(call -> !call.startsWith("migrations list")))
            .as("it asks again and again, and never believes the 0")
            .hasSizeGreaterThan(1);

        FakePhaseContext freed = lab.context(action, Optional.empty());
        freed.onProgress(
            facts -> {
              if (facts.containsKey("waiting.for")) {
                create(folder.resolve("free"));
              }
            });
        assertThat(done(lab.run(action, freed)).facts().get(Facts.SCHEMA_AFTER))
            .isEqualTo(action.equals(Actions.MIGRATE_UP) ? "pending" : "executed");
      }
    }
  }

  private static void calledOffAtTheThird(FakePhaseContext context) {
    if (context.progress().stream().filter(one -> one.containsKey("waiting.for")).count() == 3) {
      context.cancel();
    }
  }

  /// Dies after 0, 1, … effects until it lives to the end.
  ///
  /// @return after how many effects it died last
  private int seams(Phase phase) throws Exception {
    End right = undisturbed(phase);
    for (int effects = 0; ; effects++) {
      try (StandIn lab = phase.lab().apply(POSTGRES, Files.createTempDirectory(folder, "lab"))) {
        phase.prepare().accept(lab);
        if (!dies(phase, lab, effects)) {
          return effects - 1;
        }
        Outcome.Done again = attempts(phase, lab);
        assertThat(new End(facts(again), phase.look().at(lab)))
            .as("%s after death at effect %d", phase.action(), effects)
            .isEqualTo(right);
      }
    }
  }

  private End undisturbed(Phase phase) throws Exception {
    try (StandIn lab = phase.lab().apply(POSTGRES, Files.createTempDirectory(folder, "lab"))) {
      phase.prepare().accept(lab);
      Outcome.Done outcome = done(lab.run(phase.action(), phase.context(lab)));
      return new End(facts(outcome), phase.look().at(lab));
    }
  }

  private static boolean dies(Phase phase, StandIn lab, int effects) throws InterruptedException {
    try {
      Outcome outcome = lab.run(phase.action(), phase.context(lab).dieAfterEffects(effects));
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      return false;
    } catch (Death death) {
      return true;
    }
  }

  private static Outcome.Done attempts(Phase phase, StandIn lab) throws InterruptedException {
    Outcome outcome = lab.run(phase.action(), phase.context(lab));
    for (int more = 1; more < ATTEMPTS && outcome instanceof Outcome.Failed failed; more++) {
      assertThat(failed.kind()).as(failed.reason()).isEqualTo(FailureKind.RETRYABLE);
      outcome = lab.run(phase.action(), phase.context(lab));
    }
    return done(outcome);
  }

  private static Map<String, String> facts(Outcome.Done done) {
    Map<String, String> facts = new TreeMap<>(done.facts());
    OF_THE_ATTEMPT.forEach(facts::remove);
    return facts;
  }

  private static void migratedWithAnOlderTarget(StandIn lab) {
    lab.execute(
        "INSERT INTO targets (id, created_at, upstream_id, target, weight, ws_id)"
            + " SELECT '00000000-0000-0000-0000-000000000007', created_at - interval '1 day', upstream_id, target, 7, ws_id"
            + " FROM targets ORDER BY id LIMIT 1");
    lab.migrate("2.2.2", "up");
  }

  private static void serving(StandIn lab) {
    lab.fenced = true;
    try {
      done(lab.run(Actions.START_NODES, "blue"));
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void fencedOff(StandIn lab) {
    lab.fenced = true;
    lab.execute("ALTER ROLE \"" + lab.blueRole + "\" NOLOGIN");
  }

  /// What every migration left, and that no lock is held.
  private static List<String> schema(StandIn lab) {
    return List.of(
        lab.ask(
            "SELECT string_agg(subsystem || executed::text || coalesce(pending::text, '-') || last_executed, ',' ORDER BY subsystem)"
                + " FROM schema_meta"),
        lab.ask("SELECT count(*) FROM locks"),
        lab.ask("SELECT count(*) FROM targets"));
  }

  private static List<String> blueLogin(StandIn lab) {
    return List.of(
        lab.ask("SELECT rolcanlogin FROM pg_roles WHERE rolname = '" + lab.blueRole + "'"));
  }

  private static String saved(StandIn lab) {
    try {
      return Files.readString(
          lab.folder.resolve("backups").resolve("lab-upgrade-1-older-targets.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String watched(StandIn lab) {
    return "watched " + Files.exists(lab.folder.resolve("state").resolve("lab.stopped-blue"));
  }

  private static void create(Path file) {
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
