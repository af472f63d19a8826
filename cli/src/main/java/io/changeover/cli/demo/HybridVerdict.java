package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.cli.client.Timeline.PhaseLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What must hold of data planes, read in their own logs: a data plane that lost its control plane,
/// or refused what it was sent, serves on and tells nobody else.
final class HybridVerdict {
  private static final String STARTED = "started; this is not Kong";
  private static final String REFUSED = "unable to update running config";
  private static final String LOST = "error while receiving frame from control plane";
  private static final String UNCACHED = "unable to running config from cache";

  private HybridVerdict() {}

  static List<Check> upgraded(Topology place, Timeline timeline) {
    List<Check> checks = new ArrayList<>(undisturbed("blue", place.first()));
    checks.addAll(undisturbed("green", place.green()));
    checks.add(ordered(timeline));
    return checks;
  }

  static List<Check> rolledBack(Topology place) {
    return undisturbed("blue", place.first());
  }

  private static List<Check> undisturbed(String side, List<NodePlace> nodes) {
    return List.of(
        data(nodes, side + "'s data planes were started once", log -> count(log, STARTED) == 1),
        data(
            nodes,
            side + "'s data planes took every configuration, and never lost their control plane",
            log -> count(log, REFUSED) + count(log, LOST) + count(log, UNCACHED) == 0));
  }

  private static Check data(List<NodePlace> nodes, String what, Predicate<String> holds) {
    List<String> wrong =
        nodes.stream()
            .filter(node -> !node.administers())
            .filter(node -> !holds.test(log(node)))
            .map(NodePlace::name)
            .toList();
    return new Check(
        what, wrong.isEmpty(), wrong.isEmpty() ? "so say their logs" : "not so: " + wrong);
  }

  private static String log(NodePlace node) {
    try {
      return Files.readString(node.prefix().resolve("logs").resolve("error.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int count(String text, String words) {
    return text.split(Pattern.quote(words), -1).length - 1;
  }

  /// Control planes first; blue's last, when no data plane of blue is left.
  static Check ordered(Timeline timeline) {
    Map<String, PhaseLine> phases =
        timeline.phases().stream()
            .collect(Collectors.toMap(PhaseLine::name, line -> line, (one, other) -> other));
    List<String> order =
        List.of(
            "freeze-admin",
            "migrate-up",
            "start-control-planes",
            "start-data-planes",
            "drain-blue",
            "stop-data-planes",
            "stop-control-planes",
            "migrate-finish",
            "open-admin");
    boolean holds = true;
    for (int at = 1; at < order.size(); at++) {
      Instant ended = ended(phases.get(order.get(at - 1)));
      PhaseLine next = phases.get(order.get(at));
      holds &= ended != null && next != null && !next.from().isBefore(ended);
    }
    return new Check(
        "control planes moved first and blue's stayed until its data planes were gone",
        holds,
        String.join(", ", phases.values().stream().map(PhaseLine::name).toList()));
  }

  private static @Nullable Instant ended(@Nullable PhaseLine phase) {
    return phase == null ? null : phase.to();
  }
}
