package io.changeover.migrator.work;

import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.decide.NodeRules;
import io.changeover.migrator.decide.Step;
import io.changeover.migrator.observe.Migrations;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.report.Outcomes;
import io.changeover.worker.Outcome;
import java.util.Optional;

/// Refuses to start blue on a schema that is finished beyond it. Kong itself would not.
final class BlueGuard {

  private BlueGuard() {}

  /// Why blue must not start now, if it must not.
  static Optional<Outcome.Failed> refusal(Tools tools, Subject subject) {
    if (subject.blueStore() instanceof NoStore) {
      return Optional.empty();
    }
    return subject.copied() ? alone(tools, subject) : shared(tools, subject);
  }

  /// A keyspace of its own, which green never touches: it must be there and readable.
  private static Optional<Outcome.Failed> alone(Tools tools, Subject subject) {
    SchemaObservation blue = tools.blue(subject);
    return refusal(NodeRules.blueMayStart(blue, known(blue)));
  }

  private static Optional<Outcome.Failed> shared(Tools tools, Subject subject) {
    SchemaObservation green = tools.green(subject);
    Migrations known =
        green.state() instanceof SchemaState.Executed
            ? known(tools.blue(subject))
            : Migrations.NONE;
    return refusal(NodeRules.blueMayStart(green, known));
  }

  private static Optional<Outcome.Failed> refusal(Step step) {
    return switch (step) {
      case Step.Act _, Step.AlreadyDone _, Step.Wait _ -> Optional.empty();
      case Step.Refuse refusal -> Optional.of(Outcomes.of(refusal));
      case Step.Unknown(var doubt) -> Optional.of(Outcomes.of(doubt));
    };
  }

  private static Migrations known(SchemaObservation blue) {
    return switch (blue.state()) {
      case SchemaState.Executed(Migrations executed) -> executed;
      case SchemaState.Pending(Migrations executed, _) -> executed;
      case SchemaState.New(Migrations executed, _) -> executed;
      case SchemaState.PendingAndNew(Migrations executed, _, _) -> executed;
      case SchemaState.NeedsBootstrap _, SchemaState.Disagreement _, SchemaState.Unknown _ ->
          Migrations.NONE;
    };
  }
}
