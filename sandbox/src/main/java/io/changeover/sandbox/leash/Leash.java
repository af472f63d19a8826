package io.changeover.sandbox.leash;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;

/// Runs another class's `main` until that ends or the starter is gone.
///
/// The starter keeps the child's standard input open and never writes to it. However the starter
/// ends, kill -9 included, the kernel closes that pipe; the child reads end-of-file and stops in
/// order, at the latest after [#PATIENCE]. It depends on nothing but java.base, so that its jar may
/// stand on the class path of any service.
public final class Leash {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int EXIT_STARTER_GONE = 143;

  private Leash() {}

  /// Runs the named class on a leash.
  ///
  /// @param args the name of the class to run, then its own arguments
  public static void main(String[] args) throws Throwable {
    if (args.length == 0) {
      System.err.println("Expected the name of a main class and its arguments, but got nothing.");
      System.exit(2);
    }
    watch(System.in);
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static void watch(InputStream starter) {
    Thread.ofPlatform()
        .daemon()
        .name("leash")
        .start(
            () -> {
              awaitEnd(starter);
              Thread.ofPlatform().daemon().name("leash-halt").start(Leash::haltLater);
              System.exit(EXIT_STARTER_GONE);
            });
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
  }

  private static void haltLater() {
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT_STARTER_GONE);
  }
}
