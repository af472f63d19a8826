package io.changeover.traffic.act;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Haproxy;
import io.changeover.messages.Finding;
import io.changeover.traffic.decide.LogWindow;
import io.changeover.traffic.decide.Window;
import io.changeover.traffic.log.Tap;
import io.changeover.traffic.router.Observation;
import io.changeover.worker.Found;
import io.changeover.worker.PhaseContext;
import java.time.Duration;
import java.time.Instant;

/// Whether the router's log lines arrive: compares them with its counters for a moment.
final class LogChecks {

  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration TICK = Duration.ofMillis(100);

  private final Tools tools;

  LogChecks(Tools tools) {
    this.tools = tools;
  }

  Finding check(PhaseContext context, Scene scene, Desk desk, Observation first)
      throws PhaseStopped, InterruptedException {
    Haproxy settings = scene.settings();
    if (settings.syslog().isEmpty()) {
      return averages("log.off", "The inventory names no syslog address", "router.haproxy.syslog");
    }
    String address = settings.syslog().get().toString();
    if (tools.logs().listensElsewhere()) {
      return Found.fact(
          "log.not-looked", "The log stream is looked at by the running service alone", address);
    }
    if (tools.logs().of(context.cluster()).isEmpty()) {
      return averages("log.unbound", "The syslog address can't be listened on here", address);
    }
    return arriving(context, scene, desk, first, address);
  }

  private Finding arriving(
      PhaseContext context, Scene scene, Desk desk, Observation first, String address)
      throws PhaseStopped, InterruptedException {
    Cluster cluster = context.cluster();
    Instant until = context.clock().instant().plus(LONGEST);
    long lines = 0;
    long completed = 0;
    try (Tap tap = tools.logs().tap(cluster, scene)) {
      while (lines == 0 && context.clock().instant().isBefore(until)) {
        if (!context.pause(TICK)) {
          context.ensureCurrent();
        }
        LogWindow window = tap.drain();
        lines += window.blue().lines() + window.green().lines();
        completed = completed(first, desk.read(), scene);
      }
    }
    if (lines > 0) {
      return Found.fact("log.arriving", "The router's log lines arrive", address);
    }
    return completed == 0
        ? Found.fact("log.quiet", "No request and no log line in 3 s", address)
        : averages("log.silent", completed + " requests in 3 s, but not one log line", address);
  }

  private static long completed(Observation first, Observation now, Scene scene) {
    Window window = Window.between(first, now, scene.sides()).orElse(Window.NONE);
    return window.blue().counters().completed() + window.green().counters().completed();
  }

  private static Finding averages(String code, String message, String evidence) {
    return Found.warning(
        code,
        message + "; latency is judged on averages",
        evidence,
        "Point a `log` line of the router at this service (docs/haproxy.md).");
  }
}
