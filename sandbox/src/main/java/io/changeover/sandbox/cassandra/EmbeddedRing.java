package io.changeover.sandbox.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import io.changeover.sandbox.embedded.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Several nodes of one Cassandra cluster, each in a JVM of its own and at an address of its own of
/// this machine: `127.0.0.1`, `127.0.0.2` and so on, all of which Linux answers. They have the same
/// ports.
///
/// A node that is killed keeps every write that it answered, and takes nothing of what the others
/// keep for it: there are no hints.
public final class EmbeddedRing implements AutoCloseable {

  /// As often as Cassandra keeps its own rows.
  private static final int MOST = 3;

  private static final int HEAP = 512;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration STEP = Duration.ofMillis(200);

  private final Path folder;
  private final int port = FreePorts.next();
  private final int storagePort = FreePorts.next();
  private final List<EmbeddedCassandra> nodes = new ArrayList<>();

  private EmbeddedRing(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /// Starts them one after the other; returns when each knows all others and all have one schema.
  ///
  /// @param folder where their data is or shall be, each in a folder `node-N`
  /// @param nodes how many; three at most
  public static EmbeddedRing start(Path folder, int nodes) {
    EmbeddedRing ring = new EmbeddedRing(folder);
    try {
      for (int number = 1; number <= nodes; number++) {
        ring.nodes.add(ring.launch(number));
        ring.awaitAgreement();
      }
      return ring;
    } catch (RuntimeException e) {
      ring.close();
      throw e;
    }
  }

  private EmbeddedCassandra launch(int number) {
    CassandraSettings.Place place =
        new CassandraSettings.Place(address(number), port, storagePort, address(1), false);
    return EmbeddedCassandra.start(
        new CassandraSettings(folder.resolve("node-" + number), place, false, Optional.empty()),
        EmbeddedCassandra.Data.KEPT,
        HEAP,
        List.of());
  }

  /// The address of a node, counted from 1.
  public static String address(int number) {
    return "127.0.0." + number;
  }

  /// The addresses of all.
  public List<String> addresses() {
    return IntStream.rangeClosed(1, nodes.size()).mapToObj(EmbeddedRing::address).toList();
  }

  /// The port that clients use, at every address.
  public int port() {
    return port;
  }

  /// A session at QUORUM.
  ///
  /// @param number of the node that tells it of the others
  public CqlSession connect(int number) {
    return nodes.get(number - 1).connect();
  }

  /// Ends a node as kill -9 does; the others see by themselves that it is gone.
  public void kill(int number) {
    nodes.get(number - 1).kill();
  }

  /// Starts a node again where it does not run.
  public void restart(int number) {
    if (!nodes.get(number - 1).isAlive()) {
      nodes.set(number - 1, launch(number));
    }
  }

  /// Waits until each node that lives has seen which others live, which their failure detector
  /// takes some seconds for, and until they have one schema.
  public void awaitAgreement() {
    int living = (int) nodes.stream().filter(EmbeddedCassandra::isAlive).count();
    Instant deadline = Instant.now().plus(PATIENCE);
    for (EmbeddedCassandra node : nodes) {
      if (node.isAlive()) {
        awaitAgreement(node, living, deadline);
      }
    }
  }

  private static void awaitAgreement(EmbeddedCassandra node, int living, Instant deadline) {
    try (CqlSession session = node.connect()) {
      while (seenBy(node, session) != living || !session.checkSchemaAgreement()) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException(
              "Expected %s to see %d nodes and their schema, but it sees %d after %d s"
                  .formatted(node.address(), living, seenBy(node, session), PATIENCE.toSeconds()));
        }
        sleep();
      }
    }
  }

  /// How many nodes one of them takes for up: as many as it would ask for a row that Cassandra
  /// keeps three times.
  private static int seenBy(EmbeddedCassandra node, CqlSession session) {
    Optional<Node> asked =
        session.getMetadata().getNodes().values().stream()
            .filter(one -> one.getEndPoint().resolve().equals(node.address()))
            .findFirst();
    if (asked.isEmpty()) {
      return 0;
    }
    try {
      session.execute(
          SimpleStatement.newInstance(
                  "SELECT status FROM system_distributed.view_build_status WHERE keyspace_name = 'none' AND view_name = 'none'")
              .setConsistencyLevel(DefaultConsistencyLevel.ALL)
              .setNode(asked.get()));
      return MOST;
    } catch (AllNodesFailedException e) {
      return e.getAllErrors().values().stream()
          .flatMap(List::stream)
          .filter(UnavailableException.class::isInstance)
          .mapToInt(error -> ((UnavailableException) error).getAlive())
          .findFirst()
          .orElse(0);
    } catch (DriverException e) {
      return 0;
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(EmbeddedCassandra::close);
  }
}
