package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.KongException;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What a node does by the clock: polls events, looks for the files that ask it for something,
/// writes its access log out.
final class NodeTicks {

  private final Node node;
  private final Profile profile;
  private final Path prefix;
  private final NodeLog log;
  private String lastSwitch = "";
  private final ScheduledExecutorService clockwork =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("ticks", 0).factory());

  NodeTicks(Node node, Profile profile, Path prefix, NodeLog log) {
    this.node = node;
    this.profile = profile;
    this.prefix = prefix;
    this.log = log;
  }

  /// @param pollSeconds `db_update_frequency`
  void start(double pollSeconds) {
    every((long) (pollSeconds * 1000), node::poll);
    every(100, this::reloadIfAsked);
    every(1000, this::switchFaults);
    every(1000, log::flush);
  }

  private void every(long millis, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            log.error("timer: " + e);
          }
        };
    var _ = clockwork.scheduleWithFixedDelay(guarded, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void reloadIfAsked() {
    Path asked = prefix.resolve("reload");
    try {
      if (Files.deleteIfExists(asked)) {
        node.reload(
            KongSettings.fromKongEnv(profile, prefix.resolve(".kong_env"), System.getenv()));
        log.notice("reloaded");
      }
    } catch (IOException | KongException e) {
      log.error("reload: " + e.getMessage());
    }
  }

  private void switchFaults() {
    Path file = prefix.resolve("faults.switch");
    try {
      String text = Files.exists(file) ? Files.readString(file).strip() : "";
      if (!text.equals(lastSwitch)) {
        lastSwitch = text;
        node.faults().set(text);
        log.warn("stand-in faults are now: " + (text.isEmpty() ? "none" : text));
      }
    } catch (IOException | IllegalArgumentException e) {
      log.error("faults: " + e.getMessage());
    }
  }
}
