package io.changeover.migrator.work;

import io.changeover.migrator.decide.BootstrapRules;
import io.changeover.migrator.decide.Step;
import io.changeover.migrator.observe.KeyspaceContent;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.schemas.Facts;
import io.changeover.worker.kong.KongArguments.Verb;
import java.util.Map;
import java.util.function.Supplier;

/// A new schema with everything executed and nobody's rows in it: the rows are looked at again with
/// every look at the schema.
final class BootstrapPlan implements MigrationPlan {

  private final Supplier<KeyspaceContent> rows;
  private KeyspaceContent content = new KeyspaceContent.Fresh(0);

  /// @param rows one look at what the datastore holds
  BootstrapPlan(Supplier<KeyspaceContent> rows) {
    this.rows = rows;
  }

  @Override
  public Step step(SchemaObservation seen) {
    content = rows.get();
    return BootstrapRules.step(seen, content);
  }

  @Override
  public Verb verb(SchemaObservation seen) {
    return switch (BootstrapRules.move(seen.state())) {
      case BOOTSTRAP -> Verb.BOOTSTRAP;
      case UP -> Verb.UP;
      case FINISH -> Verb.FINISH;
    };
  }

  @Override
  public Map<String, String> facts() {
    return switch (content) {
      case KeyspaceContent.Fresh(long copied) ->
          Map.of(Facts.KEYSPACE_ROWS, "0", "keyspace.copied", Long.toString(copied));
      case KeyspaceContent.Foreign(long rows, _) ->
          Map.of(Facts.KEYSPACE_ROWS, Long.toString(rows));
      case KeyspaceContent.Unreadable _ -> Map.of();
    };
  }
}
