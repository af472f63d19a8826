package io.changeover.exporter.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.embedded.ForThisProcess;

/// One Cassandra for all tests of this process; it ends with the process.
public final class Node {

  private static final class Holder {
    static final EmbeddedCassandra NODE =
        ForThisProcess.start("exporter-cassandra-", EmbeddedCassandra::start);
    static final CqlSession SESSION = NODE.connect();
  }

  private Node() {}

  /// The node.
  public static EmbeddedCassandra get() {
    return Holder.NODE;
  }

  /// A session of the tests' own, without a keyspace.
  public static CqlSession session() {
    return Holder.SESSION;
  }
}
