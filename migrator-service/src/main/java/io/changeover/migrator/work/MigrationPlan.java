package io.changeover.migrator.work;

import io.changeover.migrator.decide.MigrationRules;
import io.changeover.migrator.decide.Step;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.worker.kong.KongArguments.Verb;
import java.util.Map;

/// Where a migration shall end, and the way there from any state.
interface MigrationPlan {

  /// The next step.
  Step step(SchemaObservation seen);

  /// What to run where the step is to act.
  Verb verb(SchemaObservation seen);

  /// Further facts of the last look.
  default Map<String, String> facts() {
    return Map.of();
  }

  /// `up`: nothing new is left.
  static MigrationPlan up() {
    return new MigrationPlan() {
      @Override
      public Step step(SchemaObservation seen) {
        return MigrationRules.up(seen);
      }

      @Override
      public Verb verb(SchemaObservation seen) {
        return Verb.UP;
      }
    };
  }

  /// `finish`: nothing is pending.
  static MigrationPlan finish() {
    return new MigrationPlan() {
      @Override
      public Step step(SchemaObservation seen) {
        return MigrationRules.finish(seen);
      }

      @Override
      public Verb verb(SchemaObservation seen) {
        return Verb.FINISH;
      }
    };
  }
}
