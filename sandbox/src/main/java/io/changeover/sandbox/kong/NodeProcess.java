package io.changeover.sandbox.kong;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The node behind a prefix: a Java process of its own that outlives the command that started it.
final class NodeProcess {
  private static final String MAIN = "io.changeover.sandbox.kong.node.NodeMain";
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration STARTING = Duration.ofSeconds(60);

  private final KongSettings settings;

  NodeProcess(KongSettings settings) {
    this.settings = settings;
  }

  /// The running process that the pid file names.
  Optional<ProcessHandle> running() {
    try {
      String pid = Files.readString(settings.pidFile()).strip();
      return pid.matches("\\d{1,10}")
          ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Starts the node and waits until it serves.
  ///
  /// @throws KongException with the node's last words when it ends before that
  void start(Map<String, String> environment) throws IOException {
    Path log = settings.prefix().resolve("logs").resolve("error.log");
    long before = Files.exists(log) ? Files.size(log) : 0;
    Files.deleteIfExists(settings.pidFile());
    Files.deleteIfExists(settings.prefix().resolve("quit"));
    ProcessBuilder builder = new ProcessBuilder(command());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("KONG_") || name.equals("CHANGEOVER_FAULTS"));
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process node = builder.start();
    Instant deadline = Instant.now().plus(STARTING);
    while (!serves(node)) {
      if (!node.isAlive()) {
        throw new KongException(Lua.start(64, lastWords(log, before)));
      }
      if (Instant.now().isAfter(deadline)) {
        node.destroyForcibly();
        throw new KongException(
            Lua.start(64, "nginx: the node did not listen within " + STARTING.toSeconds() + " s"));
      }
      sleep(POLL);
    }
  }

  private boolean serves(Process node) throws IOException {
    return Files.exists(settings.pidFile())
        && Files.readString(settings.pidFile()).strip().equals(Long.toString(node.pid()));
  }

  /// `setsid` takes the node out of the caller's process group, so that a Ctrl-C there does not
  /// reach it.
  private List<String> command() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    String archive = System.getProperty("changeover.kong.archive", "");
    if (!archive.isEmpty()) {
      command.add("-XX:SharedArchiveFile=" + archive);
    }
    command.addAll(
        List.of(
            "-Dchangeover.kong.version=" + settings.profile().version(),
            "-cp",
            System.getProperty("java.class.path"),
            MAIN,
            settings.prefix().toString()));
    return command;
  }

  private static String lastWords(Path log, long from) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int start = (int) Math.min(from, all.length);
    String words = new String(all, start, all.length - start, StandardCharsets.UTF_8).strip();
    return (words.length() > 4000 ? words.substring(words.length() - 4000) : words) + "\n";
  }

  /// Whether the process ended within that time. Removing its pid file is the last thing that it
  /// does; after that it is seen until its parent notices its end, which may take seconds.
  boolean ends(ProcessHandle process, Duration within) {
    Instant deadline = Instant.now().plus(within);
    while (running().filter(process::equals).isPresent()) {
      if (Instant.now().isAfter(deadline)) {
        return false;
      }
      sleep(POLL);
    }
    return true;
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
