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
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A Cassandra node in a JVM of its own, with its data in a folder: 5.0, or in tests what the
/// system property `cassandra.version` says.
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
  private static final String LOCAL = "127.0.0.1";
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration END = Duration.ofSeconds(20);

  private final Process process;
  private final CassandraSettings settings;

  private EmbeddedCassandra(Process process, CassandraSettings settings) {
    this.process = process;
    this.settings = settings;
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
    return start(
        inClear(folder, 0, false),
        Data.KEPT,
        CassandraFork.HEAP,
        List.of("-XX:TieredStopAtLevel=4"));
  }

  /// Starts a node that talks to clients over TLS alone and asks them for the password too.
  public static EmbeddedCassandra startWithTls(Path folder, ServerKey key) {
    return start(
        new CassandraSettings(
            folder.toAbsolutePath(), alone(chosen(folder, 0)), true, Optional.of(key)),
        Data.FOR_ONE_RUN,
        CassandraFork.HEAP,
        List.of());
  }

  private static EmbeddedCassandra start(Path folder, int port, boolean passwords, Data data) {
    return start(inClear(folder, port, passwords), data, CassandraFork.HEAP, List.of());
  }

  private static CassandraSettings inClear(Path folder, int port, boolean passwords) {
    return new CassandraSettings(
        folder.toAbsolutePath(), alone(chosen(folder, port)), passwords, Optional.empty());
  }

  /// Starts a node; returns when it serves.
  ///
  /// @param heap in megabytes
  /// @param options further options of its JVM
  static EmbeddedCassandra start(
      CassandraSettings settings, Data data, int heap, List<String> options) {
    Path log = settings.folder().resolve("cassandra.log");
    try {
      Process process =
          new ProcessBuilder(command(settings, data, heap, options))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      EmbeddedCassandra cassandra = new EmbeddedCassandra(process, settings);
      cassandra.awaitService();
      return cassandra;
    } catch (IOException | InterruptedException | IllegalStateException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException(
          "Expected Cassandra to start with its data in %s, but it did not: %s; its own words are in %s"
              .formatted(settings.folder(), e.getMessage(), log),
          e);
    }
  }

  /// The command that runs a node in a process of the caller's, who keeps that process's standard
  /// input open as long as the node shall live. Writes the node's configuration.
  ///
  /// @param options further options of its JVM
  public static List<String> command(
      Path folder, int port, boolean passwords, Data data, List<String> options) {
    return command(inClear(folder, port, passwords), data, CassandraFork.HEAP, options);
  }

  private static List<String> command(
      CassandraSettings settings, Data data, int heap, List<String> options) {
    Path home = settings.folder();
    try {
      Files.createDirectories(home.resolve("tmp"));
      Path configuration = home.resolve("cassandra.yaml");
      Files.writeString(home.resolve("port"), Integer.toString(settings.place().port()));
      Files.writeString(configuration, settings.yaml(data));
      return CassandraFork.command(configuration, home, data, heap, options);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Expected to write Cassandra's configuration into %s, but %s"
              .formatted(home, e.getMessage()),
          e);
    }
  }

  private static CassandraSettings.Place alone(int port) {
    return new CassandraSettings.Place(LOCAL, port, FreePorts.next(), LOCAL, true);
  }

  /// The port that is asked for; for 0 the one that a node had in this folder, or a free one.
  private static int chosen(Path folder, int port) {
    if (port != 0) {
      return port;
    }
    try {
      return rememberedOrFree(folder);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Expected to read %s, but %s".formatted(folder.resolve("port"), e.getMessage()), e);
    }
  }

  private static int rememberedOrFree(Path folder) throws IOException {
    Path file = folder.resolve("port");
    int remembered = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    return remembered != 0 && FreePorts.isFree(remembered) ? remembered : FreePorts.next();
  }

  /// Where clients find it.
  public InetSocketAddress address() {
    return at(settings.place().host(), port());
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  /// The port that clients use.
  public int port() {
    return settings.place().port();
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
    CqlSessionBuilder builder = builder(address());
    if (settings.passwords()) {
      builder = builder.withAuthCredentials(SUPERUSER, PASSWORD);
    }
    if (settings.key().isPresent()) {
      builder = builder.withSslContext(settings.key().get().client());
    }
    return builder.build();
  }

  /// The same on a node of this machine that another process started, and that asks nobody for a
  /// password.
  public static CqlSession sessionOn(int port) {
    return builder(at(LOCAL, port)).build();
  }

  private static CqlSessionBuilder builder(InetSocketAddress address) {
    return CqlSession.builder()
        .addContactPoint(address)
        .withLocalDatacenter(DATACENTER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(20))
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                // What a test has written, a ring has: on one node it is the same as ONE.
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "QUORUM")
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

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(address(), (int) STEP.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// The port opens last; the first user is made a moment later.
  private boolean serves() {
    if (!listens()) {
      return false;
    }
    try (CqlSession session = connect()) {
      return !session.getMetadata().getNodes().isEmpty();
    } catch (AllNodesFailedException e) {
      return false;
    }
  }
}
