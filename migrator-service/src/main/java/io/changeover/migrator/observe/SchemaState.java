package io.changeover.migrator.observe;

/// What one Kong version would find in the database, agreed by its `migrations list` and by
/// `schema_meta`.
public sealed interface SchemaState {

  /// The word for it in reports.
  String word();

  /// No Kong schema.
  record NeedsBootstrap() implements SchemaState {
    @Override
    public String word() {
      return "needs-bootstrap";
    }
  }

  /// Everything this version knows is done.
  record Executed(Migrations executed) implements SchemaState {
    @Override
    public String word() {
      return "executed";
    }
  }

  /// `up` is done and `finish` is not.
  record Pending(Migrations executed, Migrations pending) implements SchemaState {
    @Override
    public String word() {
      return "pending";
    }
  }

  /// `up` has work to do.
  record New(Migrations executed, Migrations available) implements SchemaState {
    @Override
    public String word() {
      return "new";
    }
  }

  /// An `up` ended half-way, or an earlier upgrade was never finished: Kong runs neither without
  /// force.
  record PendingAndNew(Migrations executed, Migrations pending, Migrations available)
      implements SchemaState {
    @Override
    public String word() {
      return "pending-and-new";
    }
  }

  /// The list and the table contradict each other: nobody may act on either.
  record Disagreement(String list, String meta) implements SchemaState {
    @Override
    public String word() {
      return "unknown";
    }
  }

  /// One of them could not be read.
  record Unknown(Doubt doubt) implements SchemaState {
    @Override
    public String word() {
      return "unknown";
    }
  }

  /// What is pending, as far as that is known.
  default Migrations pendingNow() {
    return switch (this) {
      case Pending(_, Migrations pending) -> pending;
      case PendingAndNew(_, Migrations pending, _) -> pending;
      case NeedsBootstrap _, Executed _, New _, Disagreement _, Unknown _ -> Migrations.NONE;
    };
  }
}
