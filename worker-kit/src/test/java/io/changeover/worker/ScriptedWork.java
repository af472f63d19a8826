package io.changeover.worker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A work that does what the test says per command.
final class ScriptedWork implements PhaseWork {

  interface Script {
    Outcome run(PhaseContext context) throws InterruptedException;
  }

  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<String> began = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();

  /// What happens on the command of this id; others are done at once.
  ScriptedWork on(String commandId, Script script) {
    scripts.put(commandId, script);
    return this;
  }

  /// A script that works until it is cancelled, and then does not begin another effect.
  static Script untilCancelled() {
    return context -> {
      while (!context.cancelled()) {
        context.pause(java.time.Duration.ofMillis(20));
      }
      context.ensureCurrent();
      return Outcome.done(Map.of());
    };
  }

  List<String> began() {
    return began;
  }

  int running() {
    return running.get();
  }

  int mostRunning() {
    return mostRunning.get();
  }

  @Override
  public Set<String> actions() {
    return Set.of("backup");
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    String id = context.command().getId();
    began.add(id);
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      Script usual = same -> Outcome.done(Map.of("backup.rows", "1"));
      return scripts.getOrDefault(id, usual).run(context);
    } finally {
      running.decrementAndGet();
    }
  }
}
