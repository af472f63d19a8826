package io.changeover.cli.preflight;

import io.changeover.cli.suite.Home;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.schemas.JsonLines;
import io.changeover.schemas.UndecodableException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// One worker's looks at many clusters, made by the worker's own program in one process.
///
/// @param worker for findings
/// @param module whose jar has the program
/// @param main the program
record WorkerLooks(String worker, String module, String main) {

  static final WorkerLooks MIGRATOR =
      new WorkerLooks("migrator", "migrator-service", "io.changeover.migrator.PreflightMain");
  static final WorkerLooks TRAFFIC =
      new WorkerLooks("traffic", "traffic-service", "io.changeover.traffic.PreflightMain");
  static final WorkerLooks EXPORTER =
      new WorkerLooks("exporter", "exporter-service", "io.changeover.exporter.PreflightMain");

  /// Starting a JVM, reading the inventory, and ending, on a busy machine.
  private static final Duration AROUND = Duration.ofSeconds(90);

  /// How much at a time, and how long each.
  record Limits(int parallel, Duration deadline) {

    /// When all looks must be over.
    Duration all(int clusters) {
      return deadline.multipliedBy(Math.ceilDiv(clusters, parallel)).plus(AROUND);
    }
  }

  /// Looks.
  ///
  /// @return reports by the id of their command; a command without one was not answered
  Map<String, PhaseReport> run(Path inventory, List<PhaseCommand> commands, Limits limits)
      throws InterruptedException {
    Map<String, PhaseReport> reports = new ConcurrentHashMap<>();
    if (commands.isEmpty()) {
      return reports;
    }
    Process process;
    try {
      process =
          new ProcessBuilder(command(inventory, limits))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return reports;
    }
    try {
      Thread writer = Thread.ofVirtual().start(() -> write(process, commands));
      Thread reader = Thread.ofVirtual().start(() -> read(process, reports));
      if (process.waitFor(limits.all(commands.size()).toMillis(), TimeUnit.MILLISECONDS)) {
        writer.join();
        reader.join();
      }
    } finally {
      process.destroyForcibly();
    }
    return reports;
  }

  private List<String> command(Path inventory, Limits limits) {
    Home home = Home.find();
    return List.of(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString(),
        "-Xmx384m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        home.program(module).jar().toString(),
        main,
        "--inventory",
        inventory.toString(),
        "--parallel",
        Integer.toString(limits.parallel()),
        "--deadline-millis",
        Long.toString(limits.deadline().toMillis()));
  }

  /// A process that ended early is known by the reports that it did not write.
  private static void write(Process process, List<PhaseCommand> commands) {
    try (BufferedWriter out = process.outputWriter(StandardCharsets.UTF_8)) {
      for (PhaseCommand command : new ArrayList<>(commands)) {
        out.write(JsonLines.write(command));
        out.newLine();
      }
    } catch (IOException e) {
      process.destroy();
    }
  }

  private static void read(Process process, Map<String, PhaseReport> reports) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        PhaseReport report = (PhaseReport) JsonLines.read(line, PhaseReport.getClassSchema());
        reports.put(report.getId().replaceFirst("/[^/]*$", ""), report);
      }
    } catch (IOException | UndecodableException e) {
      process.destroy();
    }
  }
}
