package io.changeover.sandbox.cassandra.fork;

import java.io.IOException;
import java.io.InputStream;
import org.apache.cassandra.service.CassandraDaemon;

/**
 * Cassandra in a JVM of its own, which ends when its starter does: the starter keeps this process's
 * standard input open, and the kernel closes that pipe however the starter ends.
 *
 * <p>It ends at once then, without a drain: every write that was answered is in the commit log.
 */
public final class CassandraMain {
  private static final int EXIT_STARTER_GONE = 143;

  private CassandraMain() {}

  /**
   * Starts Cassandra as its configuration (system property {@code cassandra.config}) says.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Thread leash = new Thread(() -> awaitEnd(System.in), "leash");
    leash.setDaemon(true);
    leash.start();
    CassandraDaemon.main(args);
  }

  private static void awaitEnd(InputStream starter) {
    try {
      byte[] ignored = new byte[256];
      while (starter.read(ignored) >= 0) {
        // Whatever comes is not for us: only the end matters.
      }
    } catch (IOException e) {
      // A pipe that cannot be read any more has ended too.
    }
    Runtime.getRuntime().halt(EXIT_STARTER_GONE);
  }
}
