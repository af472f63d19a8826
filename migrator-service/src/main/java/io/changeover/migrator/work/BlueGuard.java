package io.changeover.migrator.work;

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
    SchemaObservation green = tools.green(subject);
    Migrations known =
        green.state() instanceof SchemaState.Executed ? known(tools, subject) : Migrations.NONE;
    return switch (NodeRules.blueMayStart(green, known)) {
      case Step.Act _, Step.AlreadyDone _, Step.Wait _ -> Optional.empty();
      case Step.Refuse refusal -> Optional.of(Outcomes.of(refusal));
      case Step.Unknown(var doubt) -> Optional.of(Outcomes.of(doubt));
    };
  }

  private static Migrations known(Tools tools, Subject subject) {
    return switch (tools.blue(subject).state()) {
      case SchemaState.Executed(Migrations executed) -> executed;
      case SchemaState.Pending(Migrations executed, _) -> executed;
      case SchemaState.New(Migrations executed, _) -> executed;
      case SchemaState.PendingAndNew(Migrations executed, _, _) -> executed;
      case SchemaState.NeedsBootstrap _, SchemaState.Disagreement _, SchemaState.Unknown _ ->
          Migrations.NONE;
    };
  }
}
