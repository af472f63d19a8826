package io.changeover.worker.standalone;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.LoadResult;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.schemas.JsonLines;
import io.changeover.schemas.UndecodableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Looks at many clusters in one process: reads one `PhaseCommand` per line of JSON, writes one
/// `PhaseReport` per line, as each is done. A cluster that can't be reached, or a look that breaks,
/// is a finding of its own report and disturbs no other.
public final class StandaloneLooks {

  private static final String USAGE =
      "expected --inventory DIR --parallel N --deadline-millis N, and a PhaseCommand per line of the input";

  private StandaloneLooks() {}

  /// Runs a worker's looks as a program, and ends it. Only reports go to the output.
  public static void main(String[] arguments, Function<Look.Limits, Look> look)
      throws InterruptedException {
    PrintStream out = System.out;
    System.setOut(System.err);
    System.exit(run(List.of(arguments), System.in, out, System.err, look));
  }

  /// The same for callers in this process.
  ///
  /// @return 0 when every command has its report, 2 for a wrong call
  public static int run(
      List<String> arguments,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Function<Look.Limits, Look> look)
      throws InterruptedException {
    if (arguments.size() != 6
        || !arguments.get(0).equals("--inventory")
        || !arguments.get(2).equals("--parallel")
        || !arguments.get(4).equals("--deadline-millis")) {
      err.println("Wrong call; " + USAGE);
      return 2;
    }
    try {
      Look.Limits limits =
          new Look.Limits(
              Integer.parseInt(arguments.get(3)),
              Duration.ofMillis(Long.parseLong(arguments.get(5))));
      all(inventory(Path.of(arguments.get(1))), commands(in), out, limits, look.apply(limits));
      return 0;
    } catch (IOException | UndecodableException | NumberFormatException e) {
      err.println("Wrong call, " + e.getMessage() + "; " + USAGE);
      return 2;
    }
  }

  private static Inventory inventory(Path folder) {
    return switch (Inventory.load(folder)) {
      case LoadResult.Loaded(Inventory inventory) -> inventory;
      case LoadResult.Invalid(var _, Inventory sound) -> sound;
    };
  }

  private static List<PhaseCommand> commands(InputStream in)
      throws IOException, UndecodableException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    java.util.ArrayList<PhaseCommand> commands = new java.util.ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      commands.add((PhaseCommand) JsonLines.read(line, PhaseCommand.getClassSchema()));
    }
    return commands;
  }

  private static void all(
      Inventory inventory,
      List<PhaseCommand> commands,
      PrintStream out,
      Look.Limits limits,
      Look look)
      throws InterruptedException {
    Semaphore places = new Semaphore(limits.parallel());
    Semaphore reports = new Semaphore(0);
    // Not closed: what was given up may still wait for an answer, and must hold nobody up.
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    int asked = 0;
    for (PhaseCommand command : commands) {
      Optional<Cluster> cluster = inventory.cluster(command.getCluster());
      if (cluster.isEmpty()) {
        continue;
      }
      asked++;
      places.acquire();
      var _ =
          threads.submit(
              () -> {
                try {
                  print(new OneLook(look, cluster.get(), command, limits, threads).report(), out);
                } finally {
                  places.release();
                  reports.release();
                }
                return null;
              });
    }
    reports.acquire(asked);
  }

  private static void print(PhaseReport report, PrintStream out) {
    synchronized (out) {
      out.println(JsonLines.write(report));
      out.flush();
    }
  }
}
