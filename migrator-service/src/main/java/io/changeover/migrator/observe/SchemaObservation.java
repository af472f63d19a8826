package io.changeover.migrator.observe;

import java.util.Optional;

/// One look at the schema.
///
/// @param state what one Kong version would find there
/// @param lock Kong's own migration lock, where somebody holds it
/// @param meta the table as it was read, for whoever needs more than the state
public record SchemaObservation(
    SchemaState state, Optional<MetaReading.Lock> lock, MetaReading meta) {

  /// Both readings as text.
  public String evidence() {
    return switch (state) {
      case SchemaState.NeedsBootstrap _ ->
          "`migrations list` exits 3 and there is no table schema_meta";
      case SchemaState.Disagreement(String list, String table) ->
          "`migrations list` says " + list + "; schema_meta says " + table;
      case SchemaState.Unknown(Doubt doubt) -> doubt.reason();
      case SchemaState.Executed _,
          SchemaState.Pending _,
          SchemaState.New _,
          SchemaState.PendingAndNew _ ->
          "`migrations list` and schema_meta agree on " + state.word() + ": " + details();
    };
  }

  private String details() {
    return switch (state) {
      case SchemaState.Pending(_, Migrations pending) -> "pending [" + pending + "]";
      case SchemaState.New(_, Migrations available) -> "new [" + available + "]";
      case SchemaState.PendingAndNew(_, Migrations pending, Migrations available) ->
          "pending [" + pending + "], new [" + available + "]";
      case SchemaState.NeedsBootstrap _,
          SchemaState.Executed _,
          SchemaState.Disagreement _,
          SchemaState.Unknown _ ->
          "nothing pending, nothing new";
    };
  }
}
