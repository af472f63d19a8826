package io.changeover.sandbox.cassandra;

import io.changeover.sandbox.cassandra.fork.CassandraMain;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The command line of the forked JVM.
final class CassandraFork {
  /// In megabytes: the least that a scan of 1,000,000 rows beside 256 writes in flight is well
  /// with.
  static final int HEAP = 1536;

  /// Chooses another server than usual, for tests: `./mvnw -Dcassandra.version=4.1.10 …` lays out
  /// its jars and hands the property on.
  private static final String VERSION = "cassandra.version";

  private static final List<String> EXPORTS =
      List.of(
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.rmi/sun.rmi.transport.tcp",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.misc",
          "java.base/sun.nio.ch");
  private static final List<String> OPENS =
      List.of(
          "java.base/java.nio",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.net",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.ref");

  private CassandraFork() {}

  /// The command; its starter must keep the child's standard input open.
  ///
  /// @param heap in megabytes
  /// @param options further options of the JVM
  /// @throws IllegalStateException when module `sandbox-cassandra` was not built
  static List<String> command(
      Path configuration,
      Path folder,
      EmbeddedCassandra.Data data,
      int heap,
      List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heap + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    EXPORTS.forEach(e -> command.addAll(List.of("--add-exports", e + "=ALL-UNNAMED")));
    OPENS.forEach(e -> command.addAll(List.of("--add-opens", e + "=ALL-UNNAMED")));
    if (data == EmbeddedCassandra.Data.FOR_ONE_RUN) {
      // Else each change of a schema waits for a dozen files to reach the disk.
      command.add("-Dcassandra.test.flush_local_schema_changes=false");
    }
    command.addAll(options);
    Path own = place();
    Path library = library(own);
    if (version().isPresent()) {
      // Servers before 5.0 measure objects by it, and the JDK lets them do so no other way. It is
      // in the way of the archives of classes that make the usual server's start quick.
      command.add("-javaagent:" + jar(library, "jamm-").orElseThrow());
    }
    command.addAll(
        List.of(
            "-Dcassandra.config=" + configuration.toUri(),
            "-Dcassandra.storagedir=" + folder,
            "-Dcassandra-foreground=yes",
            // 3.11 speaks another protocol too, and not this one, where nobody says so.
            "-Dcassandra.start_rpc=false",
            "-Dcassandra.start_native_transport=true",
            // One node gossips with nobody and waits for nobody; of a ring, who starts the nodes
            // waits until they know each other.
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=1",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Dlogback.configurationFile=cassandra-logback.xml",
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            "-cp",
            own + File.pathSeparator + library.resolve("*"),
            CassandraMain.class.getName()));
    return command;
  }

  /// Cassandra's jars: beside the module's classes or jar, or where a build leaves them, in the
  /// home that the launcher named or in a folder above: other modules hold copies of the jar.
  private static Path library(Path own) {
    String name = version().map(v -> "lib-" + v).orElse("lib");
    Path beside = own.resolveSibling(name);
    Stream<Path> homes =
        Stream.concat(
            Stream.ofNullable(System.getProperty("changeover.home")).map(Path::of),
            Stream.iterate(own, Objects::nonNull, Path::getParent));
    return Stream.concat(
            Stream.of(beside),
            homes.map(home -> home.resolve("sandbox-cassandra/target").resolve(name)))
        .filter(lib -> jar(lib, "cassandra-all-").isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Expected Cassandra's jars in %s, but they are not there; build module sandbox-cassandra (./mvnw -pl sandbox-cassandra process-classes)"
                        .formatted(beside)));
  }

  /// How every write is on the disk before it is answered: 3.11 wants to be told how long it may
  /// gather them, 5.0 no longer knows that word.
  static String batchSync() {
    return version().filter(v -> v.startsWith("3.")).isPresent()
        ? "batch\ncommitlog_sync_batch_window_in_ms: 1"
        : "batch";
  }

  /// The server that was chosen in the place of the usual one.
  private static Optional<String> version() {
    return Optional.ofNullable(System.getProperty(VERSION));
  }

  private static Optional<Path> jar(Path lib, String prefix) {
    if (!Files.isDirectory(lib)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(lib)) {
      return files.filter(f -> f.getFileName().toString().startsWith(prefix)).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path place() {
    try {
      return Path.of(
          CassandraMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Expected a class from a file, but " + e.getMessage(), e);
    }
  }
}
