package io.changeover.schemas;

/// Procedures of a hop that a worker does some phase differently for, as
/// [io.changeover.messages.PhaseCommand#getProcedure] names them.
public final class Procedures {
  /// Blue is gone before the first migration, and for that time nobody is served: what was accepted
  /// in the request.
  public static final String DOWNTIME = "shared-datastore-downtime";

  private Procedures() {}
}
