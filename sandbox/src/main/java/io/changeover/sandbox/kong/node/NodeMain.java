package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.flags.Flags;
import io.changeover.sandbox.kong.KongException;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// What `kong start` of the stand-in forks: `NodeMain PREFIX`, with the system property
/// `changeover.kong.version`.
///
/// It reads `PREFIX/.kong_env`, listens, and then writes `PREFIX/pids/nginx.pid`. SIGTERM ends it
/// at once; if `PREFIX/quit` exists by then, running requests may end first, until that file is
/// taken away. `PREFIX/reload` makes it read its settings and the database anew.
/// `PREFIX/faults.switch` holds faults as in CHANGEOVER_FAULTS and is read every second.
public final class NodeMain {

  private NodeMain() {}

  /// Runs until SIGTERM; exits with 1 and nginx's words on standard error if the node can't start.
  public static void main(String[] args) throws InterruptedException {
    Flags.quietLogs();
    if (args.length != 1) {
      System.err.println("Expected NodeMain PREFIX, but got " + args.length + " arguments");
      System.exit(2);
    }
    try {
      run(Path.of(args[0]).toAbsolutePath().normalize());
    } catch (StartFailure | KongException | IOException e) {
      System.err.println("nginx: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Path prefix) throws StartFailure, IOException, InterruptedException {
    Profile profile = Profile.of(System.getProperty("changeover.kong.version", "2.1.4"));
    KongSettings settings =
        KongSettings.fromKongEnv(profile, prefix.resolve(".kong_env"), System.getenv());
    NodeLog log = new NodeLog(System.err, prefix.resolve("logs/access.log"));
    NodeFaults faults = new NodeFaults(System.getenv().getOrDefault("CHANGEOVER_FAULTS", ""));
    Node node = Node.start(settings, profile, faults, log);
    NodeTicks ticks = new NodeTicks(node, profile, prefix, log);
    ticks.start(seconds(settings));
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> NodeEnd.end(node, prefix, log), "node-end"));
    writePid(settings.pidFile());
    log.notice("stand-in for Kong " + profile.version() + " started; this is not Kong");
    Thread.currentThread().join();
  }

  private static double seconds(KongSettings settings) {
    String text = settings.get("db_update_frequency");
    return text.isEmpty() ? 5 : Double.parseDouble(text);
  }

  private static void writePid(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = file.resolveSibling("nginx.pid.next");
    Files.writeString(next, ProcessHandle.current().pid() + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
