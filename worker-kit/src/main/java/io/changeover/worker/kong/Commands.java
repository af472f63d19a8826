package io.changeover.worker.kong;

import io.changeover.worker.kong.CommandResult.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs commands. Never throws for how one ends.
public final class Commands {

  /// Bytes kept of each stream.
  public static final int CAPTURED = 256 * 1024;

  private static final long TICK_MILLIS = 25;

  /// What a command may see of this process's environment. No `KONG_*`: it would override the
  /// inventory in silence.
  private static final Set<String> INHERITED =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "LANG",
          "LC_ALL",
          "TZ",
          "TMPDIR",
          "JAVA_HOME",
          "SSH_AUTH_SOCK",
          "KUBECONFIG",
          "DOCKER_HOST",
          "DOCKER_CONFIG",
          "DOCKER_CONTEXT",
          "XDG_RUNTIME_DIR",
          "LD_LIBRARY_PATH");

  private Commands() {}

  /// Runs it to its end.
  public static CommandResult run(CommandLine line, Patience patience) {
    return run(line, patience, _ -> {});
  }

  /// Runs it to its end.
  ///
  /// @param started told the process once it runs
  public static CommandResult run(
      CommandLine line, Patience patience, Consumer<ProcessHandle> started) {
    long from = System.nanoTime();
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(line.argv());
      environment(builder.environment(), line.environment());
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      return result(line, Ending.NOT_STARTED, -1, "", reason, from);
    }
    started.accept(process.toHandle());
    Tail stdout = new Tail(process.getInputStream(), CAPTURED);
    Tail stderr = new Tail(process.getErrorStream(), CAPTURED);
    Ending ending = await(process, patience, from, List.of(stdout, stderr));
    stdout.drain();
    stderr.drain();
    return result(line, ending, process.exitValue(), stdout.text(), stderr.text(), from);
  }

  private static void environment(Map<String, String> environment, Map<String, String> own) {
    environment.keySet().retainAll(INHERITED);
    environment.putAll(own);
  }

  /// Waits until the process is gone; asks it to end when its time is over, its work called off or
  /// this thread interrupted. An interrupt is kept for whoever looks at it next.
  private static Ending await(Process process, Patience patience, long from, List<Tail> tails) {
    Ending ending = Ending.EXITED;
    long asked = 0;
    boolean interrupted = false;
    while (process.isAlive()) {
      tails.forEach(Tail::drain);
      if (ending == Ending.EXITED && (interrupted || patience.calledOff().getAsBoolean())) {
        ending = Ending.CANCELLED;
      } else if (ending == Ending.EXITED && since(from).compareTo(patience.limit()) > 0) {
        ending = Ending.TIMED_OUT;
      }
      if (ending != Ending.EXITED && asked == 0) {
        asked = System.nanoTime();
        // Not Process.destroy(): it closes the pipes as well, and a Kong that writes its next line
        // would die of that.
        process.toHandle().destroy();
      }
      if (asked != 0 && patience.killable() && since(asked).compareTo(Patience.GRACE) > 0) {
        process.toHandle().destroyForcibly();
      }
      interrupted |= pause(process);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ending;
  }

  private static boolean pause(Process process) {
    try {
      process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static CommandResult result(
      CommandLine line, Ending ending, int exit, String stdout, String stderr, long from) {
    Masking masking = line.masking();
    return new CommandResult(
        masking.mask(line.argv()),
        ending,
        exit,
        masking.mask(stdout),
        masking.mask(stderr),
        since(from));
  }
}
