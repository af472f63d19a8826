package io.changeover.migrator.report;

import io.changeover.migrator.act.KongStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.schemas.Facts;
import java.util.Map;
import java.util.TreeMap;

/// Schema observations in the words of [Facts].
public final class SchemaFacts {

  private SchemaFacts() {}

  /// One look.
  public static Map<String, String> now(SchemaObservation seen) {
    TreeMap<String, String> facts = new TreeMap<>();
    facts.put(Facts.SCHEMA_STATE, seen.state().word());
    facts.put(Facts.SCHEMA_PENDING, seen.state().pendingNow().toString());
    return facts;
  }

  /// One look, where there may be no datastore to look at: its state then is `none`.
  public static Map<String, String> of(KongStore store, SchemaObservation seen) {
    Map<String, String> facts = now(seen);
    if (store instanceof NoStore) {
      facts.put(Facts.SCHEMA_STATE, "none");
    }
    return facts;
  }

  /// A look before and one after; they may be the same.
  public static Map<String, String> change(SchemaObservation before, SchemaObservation after) {
    Map<String, String> facts = now(after);
    facts.put(Facts.SCHEMA_BEFORE, before.state().word());
    facts.put(Facts.SCHEMA_AFTER, after.state().word());
    facts.put("schema.executed", executed(after.state()));
    return facts;
  }

  /// How many migrations the version counts as done.
  private static String executed(SchemaState state) {
    return switch (state) {
      case SchemaState.Executed(var executed) -> count(executed);
      case SchemaState.Pending(var executed, _) -> count(executed);
      case SchemaState.New(var executed, _) -> count(executed);
      case SchemaState.PendingAndNew(var executed, _, _) -> count(executed);
      case SchemaState.NeedsBootstrap _, SchemaState.Disagreement _, SchemaState.Unknown _ -> "";
    };
  }

  private static String count(io.changeover.migrator.observe.Migrations migrations) {
    return Integer.toString(migrations.ids().size());
  }
}
