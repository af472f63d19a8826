package io.changeover.traffic.act;

import io.changeover.traffic.decide.FreezeChoice;
import io.changeover.traffic.router.Change;
import io.changeover.traffic.router.FreezeReading;
import io.changeover.traffic.router.FreezeState;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;

/// The freeze of one admin backend in the hands of one phase: set, read back, and looked after.
record AdminFreeze(PhaseContext context, Desk desk) {

  /// What docs/haproxy.md asks for, in one line; the backend's own name goes into the map.
  static final String RULE =
      "`http-request deny deny_status 403 hdr x-changeover frozen if !METH_GET"
          + " { be_name,map_str(/etc/haproxy/changeover-freeze.map,open) -m str frozen }`";

  /// A freeze that must stand already is looked after by the phases that rely on it.
  void ensureFrozen() throws PhaseStopped {
    if (!is(FreezeState.FROZEN)) {
      throw new PhaseStopped(lost());
    }
  }

  /// Whether this state was read; not when nothing could be read.
  boolean isSeen(FreezeState state) {
    return FreezeChoice.of(reading(), state) instanceof FreezeChoice.Already;
  }

  /// Reads once.
  boolean is(FreezeState wanted) throws PhaseStopped {
    return choose(wanted) instanceof FreezeChoice.Already;
  }

  /// Asks for the state unless it is there, and reads it back.
  ///
  /// @return whether something had to be asked for
  boolean bring(FreezeState wanted) throws PhaseStopped {
    if (!(choose(wanted) instanceof FreezeChoice.Ask(FreezeState state))) {
      return false;
    }
    context.ensureCurrent();
    Change change = desk.router().setFreeze(desk.backend(), state);
    Desk.prove(change, wanted.word() + " for " + desk.backend() + " in its freeze map");
    if (!is(wanted)) {
      throw new PhaseStopped(
          Outcome.retryable(
              "The Admin APIs were set " + wanted.word() + " at the router but read back otherwise",
              wanted.word() + " for " + desk.backend(),
              "See who else changes the router's freeze map, and whether it was reloaded."));
    }
    return true;
  }

  /// What the router can't be asked for ends the phase; the rest is the next move.
  private FreezeChoice choose(FreezeState wanted) throws PhaseStopped {
    FreezeChoice choice = FreezeChoice.of(reading(), wanted);
    return switch (choice) {
      case FreezeChoice.Already _, FreezeChoice.Ask _ -> choice;
      case FreezeChoice.Foreign(String words) -> throw new PhaseStopped(foreign(words));
      case FreezeChoice.Impossible(String words) -> throw new PhaseStopped(impossible(words));
      case FreezeChoice.Unknown(String reason) -> throw new PhaseStopped(Desk.unknown(reason));
    };
  }

  FreezeReading reading() {
    return desk.router().readFreeze(desk.backend());
  }

  private Outcome.Failed foreign(String words) {
    return Outcome.fatal(
        "The router's freeze map holds `" + words + "` for " + desk.backend(),
        "`open` or `frozen`",
        "See who wrote it; set it to the right word at the router, then retry the phase.");
  }

  private Outcome.Failed impossible(String words) {
    return Outcome.fatal(
        "The router is not set up to freeze the Admin API: " + words,
        RULE + " in backend " + desk.backend(),
        "Add the rule and its map file (docs/haproxy.md), reload the router, then retry the"
            + " phase.");
  }

  /// What becomes of a write that came meanwhile.
  private String consequence() {
    return switch (context.cluster().topology()) {
      case HYBRID ->
          "no data plane of blue learns of what was written meanwhile through green's control"
              + " planes, before the next write through its own.";
      case TRADITIONAL, DB_LESS -> "what was written meanwhile shows in the digest before the cut.";
    };
  }

  Outcome.Failed lost() {
    return Outcome.fatal(
        "Blue's Admin API takes writes again: the freeze is gone from the router",
        "frozen for " + desk.backend() + ", as freeze-admin left it",
        "See who opened it, or whether the router was reloaded. Freeze it again at the router"
            + " (set map … "
            + desk.backend()
            + " frozen), then retry the phase; "
            + consequence());
  }
}
