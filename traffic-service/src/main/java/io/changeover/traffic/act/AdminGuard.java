package io.changeover.traffic.act;

import io.changeover.traffic.decide.FenceBreach;
import io.changeover.traffic.router.FreezeState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Reading;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Looks after what the fence, and where there is one the freeze, left at the Admin APIs until
/// `open-admin`. Whoever changed it behind our back had a reason: a hold, nothing is set back.
final class AdminGuard {

  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final PhaseContext context;
  private final Scene scene;
  private final Optional<Desk> desk;
  private Instant seen;

  private AdminGuard(PhaseContext context, Scene scene, Optional<Desk> desk) {
    this.context = context;
    this.scene = scene;
    this.desk = desk;
    this.seen = context.clock().instant();
  }

  /// Of the cluster's admin backend; without one there is nothing to look at.
  static AdminGuard of(PhaseContext context, Scene scene, Tools tools) {
    return new AdminGuard(
        context,
        scene,
        scene.settings().adminBackend().map(backend -> tools.desk(context, backend)));
  }

  /// Before anything moves: what can't be read is not believed.
  void ensureStill() throws PhaseStopped {
    if (desk.isEmpty()) {
      return;
    }
    ensureFenced(desk.get().read());
    if (scene.frozen()) {
      new AdminFreeze(context, desk.get()).ensureFrozen();
    }
  }

  /// While something goes on that has looks of its own, once a second however often it is called: a
  /// router that does not answer is their concern.
  void look() throws PhaseStopped {
    Instant now = context.clock().instant();
    if (desk.isEmpty() || !now.isAfter(seen.plus(BETWEEN))) {
      return;
    }
    seen = now;
    switch (desk.get().look()) {
      case Reading.Seen(Observation observation) -> ensureFenced(observation);
      case Reading.NoBackend _, Reading.Unknown _ -> {}
    }
    AdminFreeze freeze = new AdminFreeze(context, desk.get());
    if (scene.frozen() && freeze.isSeen(FreezeState.OPEN)) {
      throw new PhaseStopped(freeze.lost());
    }
  }

  private void ensureFenced(Observation observation) throws PhaseStopped {
    Optional<FenceBreach> breach = FenceBreach.of(observation, scene.admin());
    if (breach.isPresent()) {
      throw new PhaseStopped(broken(breach.get(), observation.backend()));
    }
  }

  private static Outcome.Failed broken(FenceBreach breach, String backend) {
    return Outcome.fatal(
        "The admin fence was changed behind our back: %s can be reached in backend %s"
            .formatted(String.join(", ", breach.servers()), backend),
        "green's Admin servers in maint until blue is gone, and no other server of this backend",
        "See who opened them and what was written there: blue does not understand all that green"
            + " writes. Set them to maint at the router and retry the phase, or abort the"
            + " upgrade.");
  }
}
