package io.changeover.sandbox.embedded;

/// The two arguments of each server process.
record Arguments(String dir, int port) {
  static Arguments parse(String name, String[] args) {
    try {
      if (args.length == 2) {
        return new Arguments(args[0], Integer.parseInt(args[1]));
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every wrong call.
    }
    throw new IllegalArgumentException(
        "Expected `%s DIR PORT`, but got %d arguments: %s"
            .formatted(name, args.length, String.join(" ", args)));
  }

  /// Logback's default is DEBUG; a server's log should be warnings and a few facts. Must run before
  /// the first logger.
  static void quietLogs() {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "io/changeover/sandbox/embedded/logback.xml");
    }
  }
}
