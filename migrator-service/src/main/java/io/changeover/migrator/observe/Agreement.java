package io.changeover.migrator.observe;

import io.changeover.migrator.observe.ListReading.Blocks;

/// Makes one state of two readings, or says that they contradict each other.
///
/// They agree when all that the list calls executed (pending) is executed (pending) in the table,
/// and what it calls new is neither. The table may hold more: an old binary, or one with fewer
/// plugins, does not know every name in it.
public final class Agreement {

  private Agreement() {}

  public static SchemaState of(ListReading list, MetaReading meta) {
    return switch (meta) {
      case MetaReading.Unreadable(Doubt doubt) -> new SchemaState.Unknown(doubt);
      case MetaReading.NoTable _ ->
          switch (list) {
            case ListReading.Unreadable(Doubt doubt) -> new SchemaState.Unknown(doubt);
            case ListReading.NeedsBootstrap _ -> new SchemaState.NeedsBootstrap();
            case Blocks blocks ->
                new SchemaState.Disagreement(blocks.toString(), "no table schema_meta");
          };
      case MetaReading.Rows rows ->
          switch (list) {
            case ListReading.Unreadable(Doubt doubt) -> new SchemaState.Unknown(doubt);
            case ListReading.NeedsBootstrap _ ->
                new SchemaState.Disagreement("needs bootstrapping", rows.toString());
            case Blocks blocks -> agree(blocks, rows);
          };
    };
  }

  private static SchemaState agree(Blocks blocks, MetaReading.Rows rows) {
    Migrations recorded = rows.executed();
    Migrations waiting = rows.pending();
    boolean same =
        blocks.executed().minus(recorded).isEmpty()
            && blocks.pending().minus(waiting).isEmpty()
            && blocks.available().both(recorded).isEmpty()
            && blocks.available().both(waiting).isEmpty();
    return same ? state(blocks) : new SchemaState.Disagreement(blocks.toString(), rows.toString());
  }

  private static SchemaState state(Blocks blocks) {
    if (blocks.pending().isEmpty()) {
      return blocks.available().isEmpty()
          ? new SchemaState.Executed(blocks.executed())
          : new SchemaState.New(blocks.executed(), blocks.available());
    }
    return blocks.available().isEmpty()
        ? new SchemaState.Pending(blocks.executed(), blocks.pending())
        : new SchemaState.PendingAndNew(blocks.executed(), blocks.pending(), blocks.available());
  }
}
