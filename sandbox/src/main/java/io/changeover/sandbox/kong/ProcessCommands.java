package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// `kong stop`, `quit`, `reload`, `restart` and `health`: all they know of a node is its prefix and
/// its pid.
final class ProcessCommands {
  private static final Duration RESTARTING = Duration.ofSeconds(5);

  private final Call call;

  ProcessCommands(Call call) {
    this.call = call;
  }

  /// Tells the node to end at once, and does not wait for it.
  int stop() {
    running(settings()).destroy();
    call.console().info("Kong stopped");
    return 0;
  }

  /// Lets the node finish what it serves; after `-t` seconds it is stopped.
  int quit() {
    KongSettings settings = settings();
    ProcessHandle node = running(settings);
    sleep(seconds("wait", 0));
    touch(settings.prefix().resolve("quit"));
    node.destroy();
    if (new NodeProcess(settings).ends(node, seconds("timeout", 10))) {
      call.console().info("Kong stopped (gracefully)");
    } else {
      node.destroyForcibly();
      call.console().info("Timeout, Kong stopped forcefully");
    }
    return 0;
  }

  /// Says that it reloaded as soon as the node was told: whether the new workers live is not looked
  /// at.
  int reload() {
    KongSettings settings = settings();
    running(settings);
    touch(settings.prefix().resolve("reload"));
    call.console().info("Kong reloaded");
    return 0;
  }

  int restart() {
    KongSettings settings = call.settings();
    NodeProcess node = new NodeProcess(settings);
    node.running()
        .ifPresent(
            process -> {
              process.destroy();
              call.console().info("Kong stopped");
              if (!node.ends(process, RESTARTING)) {
                process.destroyForcibly();
                boolean _ = node.ends(process, RESTARTING);
              }
            });
    return new StartCommand(call).start();
  }

  /// Looks at the process alone, not at the database or the proxy.
  int health() {
    KongSettings settings = settings();
    boolean running = new NodeProcess(settings).running().isPresent();
    call.console().info("nginx......." + (running ? "running" : "not running"));
    call.console().info("");
    if (!running) {
      throw new KongException("Kong is not running at " + settings.prefix());
    }
    call.console().info("Kong is healthy at " + settings.prefix());
    return 0;
  }

  private KongSettings settings() {
    KongSettings settings = call.settings();
    if (!Files.isDirectory(settings.prefix())) {
      throw new KongException("no such prefix: " + settings.prefix());
    }
    return settings;
  }

  private static ProcessHandle running(KongSettings settings) {
    return new NodeProcess(settings)
        .running()
        .orElseThrow(() -> new KongException("nginx not running in prefix: " + settings.prefix()));
  }

  private Duration seconds(String option, double otherwise) {
    return Duration.ofMillis(Math.round(call.arguments().number(option, otherwise) * 1000));
  }

  private static void touch(Path file) {
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new KongException("could not write " + file, e);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KongException("interrupted", e);
    }
  }
}
