package io.changeover.sandbox.load;

import io.changeover.sandbox.flags.Flags;
import io.changeover.sandbox.seed.SeedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The load client as a process: `LoadMain --router HOST:PORT --stats FILE [--rate N] [--fresh
/// SHARE] [--keep-alive N] [--seed N] [--services N] [--routes N] [--consumers N] [--duration
/// SECONDS]`.
///
/// Prints `READY` when it sends. FILE is replaced every 200 ms, and once more at the end (then
/// `running` is false), by a [LoadReport] as JSON. SIGTERM ends it in order: what was sent is still
/// waited for.
public final class LoadMain {

  private static final List<String> FLAGS =
      List.of(
          "router",
          "stats",
          "rate",
          "fresh",
          "keep-alive",
          "most-in-flight",
          "answer-limit",
          "seed",
          "services",
          "routes",
          "consumers",
          "duration");

  private LoadMain() {}

  /// Runs until SIGTERM or the end of `--duration`.
  public static void main(String[] args) throws IOException, InterruptedException {
    Flags flags = Flags.parse(args, FLAGS);
    Path stats = Path.of(flags.text("stats"));
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(stop, stopped)));
    try (LoadClient client = LoadClient.start(profile(flags))) {
      System.out.println("READY " + flags.text("router"));
      long end = System.nanoTime() + flags.seconds("duration", Duration.ofDays(365)).toNanos();
      while (!stop.await(200, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
        export(client.report(), stats);
      }
      export(client.stop(), stats);
    } finally {
      stopped.countDown();
    }
  }

  private static void endInOrder(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static LoadProfile profile(Flags flags) {
    SeedPlan plan =
        new SeedPlan(
            flags.number("seed", 1),
            flags.number("services", 500),
            flags.number("routes", 1000),
            flags.number("consumers", 1000),
            flags.address("router"));
    LoadProfile standard = LoadProfile.standard(flags.address("router"), plan);
    return new LoadProfile(
        standard.router(),
        flags.number("rate", standard.rate()),
        flags.fraction("fresh", standard.freshShare()),
        flags.number("keep-alive", standard.keepAlive()),
        flags.number("most-in-flight", standard.mostInFlight()),
        flags.seconds("answer-limit", standard.answerLimit()),
        plan);
  }

  static void export(LoadReport report, Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, report.toJson());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
