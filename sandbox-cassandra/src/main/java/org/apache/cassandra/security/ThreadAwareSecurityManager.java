package org.apache.cassandra.security;

/**
 * Stands before Cassandra's own class of this name, which extends a security manager that JDK 25 no
 * longer lets anybody install. It guards user-defined functions only, and those are off here.
 */
public final class ThreadAwareSecurityManager {
  private ThreadAwareSecurityManager() {}

  /** Does nothing. */
  public static void install() {}

  /** Whether this thread runs a user-defined function: never. */
  public static boolean isSecuredThread() {
    return false;
  }
}
