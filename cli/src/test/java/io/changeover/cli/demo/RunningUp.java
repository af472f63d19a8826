package io.changeover.cli.demo;

import io.changeover.cli.suite.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One `changeover up` as a process of its own, with what it says about itself.
final class RunningUp implements AutoCloseable {
  private final Process process;
  private final Map<String, String> described = new HashMap<>();

  private RunningUp(Process process) {
    this.process = process;
  }

  /// Starts it and waits until it has said where everything is.
  static RunningUp start(Path inventory, Path data) throws IOException {
    return start(inventory, data, Map.of());
  }

  /// The same with more in its environment, and with further options.
  static RunningUp start(
      Path inventory, Path data, Map<String, String> environment, String... options)
      throws IOException {
    Path home = Home.find().root();
    String java = Objects.requireNonNull(System.getProperty("java.home"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(java, "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dchangeover.home=" + home,
                "-jar",
                Home.find().program("cli").jar().toString(),
                "up",
                "--inventory",
                inventory.toString(),
                "--data",
                data.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("KONG_PG_PASSWORD", Topology.PASSWORD);
    builder.environment().put("JAVA_HOME", java);
    RunningUp up = new RunningUp(builder.redirectErrorStream(true).start());
    up.listen();
    return up;
  }

  private void listen() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    List<String> said = new ArrayList<>();
    while (!described.containsKey("Ctrl-C")) {
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("Expected `up` to serve, but it ended: " + said);
      }
      said.add(line);
      described.put(line.split(" +", 2)[0], line.replaceFirst("^[a-z ]*[^ ]* +(?=[^ ]*$)", ""));
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(System.out::println));
  }

  String kafka() {
    return Objects.requireNonNull(described.get("Kafka"));
  }

  String database() {
    return Objects.requireNonNull(described.get("planner"));
  }

  /// Kills it and every process that it started, as they are.
  void killAll() {
    List<ProcessHandle> all = new ArrayList<>();
    // First, or it would start again what dies before it.
    all.add(process.toHandle());
    all.addAll(process.descendants().toList());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  /// Kills one process that it started, which it starts again.
  ///
  /// @param word of that process's command line and of no other's
  void kill(String word) {
    ProcessHandle victim =
        process
            .descendants()
            .filter(one -> commandLine(one).contains(word))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Expected a process with " + word));
    victim.destroyForcibly();
    victim.onExit().join();
  }

  private static String commandLine(ProcessHandle one) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(one.pid()), "cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  /// Ends it as Ctrl-C does.
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
