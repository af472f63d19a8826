package io.changeover.traffic.act;

import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Rollback's first move: blue ready with its full weight, green at 0, observed. Goes there first
/// and asks later: whatever it finds is not questioned.
@Singleton
public class RestorePhase implements PhaseWork {

  private final Tools tools;

  public RestorePhase(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.RESTORE_TRAFFIC);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Tools.run(context, this::outcome);
  }

  private Outcome outcome(PhaseContext context) throws PhaseStopped, InterruptedException {
    Scene scene = Scene.of(context);
    Desk desk = tools.desk(context, scene.settings().backend());
    BlueReturn.Returned returned =
        new BlueReturn(desk, scene.sides(), Deadlines.lastLook(context)).run();
    tools.metrics().observed(context.cluster().name(), returned.proof(), scene.sides());
    Map<String, String> facts = new HashMap<>(StepFacts.weights(returned.proof(), scene.sides()));
    facts.putAll(StepFacts.requests(returned.window(), returned.window().share()));
    facts.put(Facts.ZERO_AT, returned.zeroAt().toString());
    return Outcome.done(facts);
  }
}
