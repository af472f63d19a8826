package io.changeover.sandbox.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.changeover.sandbox.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Cassandra 5.0 node in a JVM of its own, with its data in a folder.
///
/// Started again on the same folder, after a stop or a kill -9, it has every write that was
/// answered and the port that it had. It ends when the process that started it does. It takes about
/// 4 s to start and 620 MB of memory.
public final class EmbeddedCassandra implements AutoCloseable {
  /// What becomes of its data when it ends.
  public enum Data {
    /// Every answered write is there after a start on the same folder, kill -9 included.
    KEPT,
    /// It is not needed any more.
    FOR_ONE_RUN
  }

  /// The user that [#startWithPasswords] makes, who may do everything.
  public static final String SUPERUSER = "cassandra";

  /// That user's password.
  public static final String PASSWORD = "cassandra";

  private static final String DATACENTER = "datacenter1";
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration END = Duration.ofSeconds(20);

  private final Process process;
  private final int port;
  private final boolean passwords;

  private EmbeddedCassandra(Process process, int port, boolean passwords) {
    this.process = process;
    this.port = port;
    this.passwords = passwords;
  }

  /// Starts a node that asks nobody for a password; returns when it serves.
  ///
  /// @param folder where its data is or shall be; its log is `cassandra.log` there
  public static EmbeddedCassandra start(Path folder) {
    return start(folder, 0);
  }

  /// The same on a port.
  ///
  /// @param port the port to listen on; 0 for the one that it had in this folder, or a free one
  public static EmbeddedCassandra start(Path folder, int port) {
    return start(folder, port, false, Data.KEPT);
  }

  /// Starts a node for one run, which changes schemas three times as fast: what it holds may be
  /// gone after its end.
  public static EmbeddedCassandra startForOneRun(Path folder) {
    return start(folder, 0, false, Data.FOR_ONE_RUN);
  }

  /// Starts a node whose clients log in as [#SUPERUSER] with [#PASSWORD], or as whom they create.
  public static EmbeddedCassandra startWithPasswords(Path folder) {
    return start(folder, 0, true, Data.KEPT);
  }

  /// Starts a node for measurements: its JVM compiles to the end, as that of a server does, where
  /// others stop at what is quick to compile.
  public static EmbeddedCassandra startToMeasure(Path folder) {
    return start(folder, 0, false, Data.KEPT, List.of("-XX:TieredStopAtLevel=4"));
  }

  private static EmbeddedCassandra start(Path folder, int port, boolean passwords, Data data) {
    return start(folder, port, passwords, data, List.of());
  }

  private static EmbeddedCassandra start(
      Path folder, int port, boolean passwords, Data data, List<String> options) {
    Path log = folder.resolve("cassandra.log");
    try {
      int chosen = port == 0 ? rememberedOrFree(folder) : port;
      Process process =
          new ProcessBuilder(command(folder, chosen, passwords, data, options))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      EmbeddedCassandra cassandra = new EmbeddedCassandra(process, chosen, passwords);
      cassandra.awaitService();
      return cassandra;
    } catch (IOException | InterruptedException | IllegalStateException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException(
          "Expected Cassandra to start with its data in %s, but it did not: %s; its own words are in %s"
              .formatted(folder, e.getMessage(), log),
          e);
    }
  }

  /// The command that runs a node in a process of the caller's, who keeps that process's standard
  /// input open as long as the node shall live. Writes the node's configuration.
  ///
  /// @param options further options of its JVM
  public static List<String> command(
      Path folder, int port, boolean passwords, Data data, List<String> options) {
    Path home = folder.toAbsolutePath();
    try {
      Files.createDirectories(home.resolve("tmp"));
      Path configuration = home.resolve("cassandra.yaml");
      Files.writeString(home.resolve("port"), Integer.toString(port));
      Files.writeString(
          configuration, new CassandraSettings(home, port, FreePorts.next(), passwords).yaml(data));
      return CassandraFork.command(configuration, home, data, options);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Expected to write Cassandra's configuration into %s, but %s"
              .formatted(home, e.getMessage()),
          e);
    }
  }

  private static int rememberedOrFree(Path folder) throws IOException {
    Path file = folder.resolve("port");
    int remembered = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    return remembered != 0 && FreePorts.isFree(remembered) ? remembered : FreePorts.next();
  }

  /// Where clients find it.
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// The port that clients use.
  public int port() {
    return port;
  }

  /// The name of the only data centre.
  public String localDatacenter() {
    return DATACENTER;
  }

  /// The process id of the node.
  public long pid() {
    return process.pid();
  }

  /// Whether its process lives.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// A session without a keyspace, quick to make and to change schemas with.
  public CqlSession connect() {
    CqlSessionBuilder builder = builder(port);
    return (passwords ? builder.withAuthCredentials(SUPERUSER, PASSWORD) : builder).build();
  }

  /// The same on a node of this machine that another process started, and that asks nobody for a
  /// password.
  public static CqlSession sessionOn(int port) {
    return builder(port).build();
  }

  private static CqlSessionBuilder builder(int port) {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .withLocalDatacenter(DATACENTER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(20))
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .withDuration(
                    DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(10))
                // A closed session lingers for 2 s otherwise.
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build());
  }

  /// Ends it as kill -9 does.
  public void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "Expected Cassandra (process %d) to end when killed, but it lives"
                .formatted(process.pid()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends it at once: every write that was answered is in the commit log, and an orderly stop would
  /// take seconds to save nothing more.
  @Override
  public void close() {
    kill();
  }

  private void awaitService() throws InterruptedException {
    Instant deadline = Instant.now().plus(START);
    while (!serves()) {
      if (!process.isAlive()) {
        throw new IllegalStateException("it ended with exit code " + process.exitValue());
      }
      if (Instant.now().isAfter(deadline)) {
        kill();
        throw new IllegalStateException("it does not serve after " + START.toSeconds() + " s");
      }
      Thread.sleep(STEP);
    }
  }

  /// The port opens last; the first user is made a moment later.
  private boolean serves() {
    if (FreePorts.isFree(port)) {
      return false;
    }
    try (CqlSession session = connect()) {
      return !session.getMetadata().getNodes().isEmpty();
    } catch (AllNodesFailedException e) {
      return false;
    }
  }
}
