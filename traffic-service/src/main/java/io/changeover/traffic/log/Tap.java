package io.changeover.traffic.log;

import io.changeover.traffic.decide.LogWindow;
import io.changeover.traffic.decide.Sides;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Counts the lines of one backend's two sides from when it was opened until it is closed.
public final class Tap implements AutoCloseable {

  private final Set<String> blue;
  private final Set<String> green;
  private final SideTimes blueTimes = new SideTimes();
  private final SideTimes greenTimes = new SideTimes();
  private final Consumer<Tap> remover;

  Tap(Sides sides, Consumer<Tap> remover) {
    this.blue = Set.copyOf(sides.blue());
    this.green = Set.copyOf(sides.green());
    this.remover = remover;
  }

  /// A tap on nothing.
  public static Tap silent() {
    return new Tap(new Sides(List.of(), List.of()), _ -> {});
  }

  void accept(LogLine line) {
    if (line.clientAborted() || line.activeMillis() < 0) {
      return;
    }
    if (green.contains(line.server())) {
      greenTimes.add(line.activeMillis());
    } else if (blue.contains(line.server())) {
      blueTimes.add(line.activeMillis());
    }
  }

  /// What came since the last call.
  public LogWindow drain() {
    return new LogWindow(blueTimes.drain(), greenTimes.drain());
  }

  @Override
  public void close() {
    remover.accept(this);
  }
}
