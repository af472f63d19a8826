package io.changeover.sandbox.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// PostgreSQL as a process of its own: `PostgresMain DIR PORT`; the first start unpacks it and
/// wants -Xmx192m. Prints `READY 127.0.0.1:PORT` when it answers and runs until SIGTERM; PostgreSQL
/// is stopped with it.
public final class PostgresMain {
  private PostgresMain() {}

  /// Serves until the process is stopped.
  ///
  /// @param args the data folder and the port (0 for a free one)
  public static void main(String[] args) throws InterruptedException {
    Arguments arguments = Arguments.parse("PostgresMain", args);
    Arguments.quietLogs();
    CountDownLatch stopped = new CountDownLatch(1);
    EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(Path.of(arguments.dir()), arguments.port());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "postgres-stop"));
    System.out.println("READY 127.0.0.1:" + server.port());
    stopped.await();
  }
}
