package io.changeover.sandbox.kong.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The end of a node's process.
final class NodeEnd {

  private static final long LOOK_MILLIS = 50;

  private NodeEnd() {}

  /// Quits if `PREFIX/quit` exists, as long as it exists; then closes everything and removes that
  /// file and, last of all, the one that says that it runs.
  static void end(Node node, Path prefix, NodeLog log) {
    Path quit = prefix.resolve("quit");
    if (Files.exists(quit)) {
      await(node.quit(), quit);
    }
    node.traffic().listeners().forEach(listener -> listener.close());
    log.flush();
    remove(quit);
    remove(prefix.resolve("pids/nginx.pid"));
  }

  private static void await(CompletableFuture<Void> ended, Path quit) {
    while (!ended.isDone() && Files.exists(quit)) {
      try {
        ended.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Looks at the file again.
      } catch (ExecutionException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.err.println("could not remove " + file + ": " + e.getMessage());
    }
  }
}
