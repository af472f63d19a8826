package io.changeover.migrator.act;

import io.changeover.migrator.observe.Agreement;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.ListReading;
import io.changeover.migrator.observe.MetaReading;
import io.changeover.migrator.observe.MigrationsList;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.KongTarget;
import java.time.Duration;
import java.util.Optional;

/// Looks at the schema through both eyes: Kong's command line and the table. The table is read
/// before and after the list, so that a change in between is not taken for a contradiction.
public final class SchemaProbe {

  private static final int LOOKS = 3;

  private final Duration limit;

  public SchemaProbe(Duration limit) {
    this.limit = limit;
  }

  /// One observation; never throws for what it could not read.
  public SchemaObservation look(KongTarget target, KongStore store) {
    MetaReading before = store.tables(limit);
    if (store instanceof NoStore && before instanceof MetaReading.Unreadable(Doubt none)) {
      return new SchemaObservation(new SchemaState.Unknown(none), Optional.empty(), before);
    }
    for (int i = 0; i < LOOKS; i++) {
      ListReading list = list(target);
      MetaReading after = store.tables(limit);
      if (same(before, after)) {
        return new SchemaObservation(Agreement.of(list, after), lock(after), after);
      }
      before = after;
    }
    Doubt moving = Doubt.passing("schema_meta changed every time while `migrations list` ran");
    return new SchemaObservation(new SchemaState.Unknown(moving), lock(before), before);
  }

  private ListReading list(KongTarget target) {
    CommandResult result = KongCli.list(target, limit);
    ListReading reading =
        switch (result.ending()) {
          case EXITED -> MigrationsList.read(result.exit(), result.stdout(), result.stderr());
          case TIMED_OUT, CANCELLED, NOT_STARTED ->
              new ListReading.Unreadable(Doubt.passing(result.evidence()));
        };
    return reading instanceof ListReading.Unreadable
        ? new ListReading.Unreadable(CliFailures.doubt("reading the migration state", result))
        : reading;
  }

  /// Equal but for the lock: it comes and goes without the state.
  private static boolean same(MetaReading one, MetaReading other) {
    if (one instanceof MetaReading.Rows(var rows, _)
        && other instanceof MetaReading.Rows(var others, _)) {
      return rows.equals(others);
    }
    return one.getClass() == other.getClass();
  }

  private static Optional<MetaReading.Lock> lock(MetaReading reading) {
    return reading instanceof MetaReading.Rows(_, Optional<MetaReading.Lock> lock)
        ? lock
        : Optional.empty();
  }
}
