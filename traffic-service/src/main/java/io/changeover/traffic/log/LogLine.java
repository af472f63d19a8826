package io.changeover.traffic.log;

import java.util.Optional;

/// One request, as the router logged it. docs/haproxy.md has the log format.
///
/// @param status what the client got, -1 for nothing
/// @param termination how the session ended; the first letter says who ended it, `-` for nobody
/// @param activeMillis from the first byte of the request to the last of the answer, -1 when that
///   never came
public record LogLine(
    String backend, String server, int status, String termination, long activeMillis) {

  /// What marks a line as ours, with the version of the format.
  public static final String MARKER = "changeover/1 ";

  /// Reads a datagram; a syslog header may stand before the marker. Empty when it is no such line.
  public static Optional<LogLine> read(String datagram) {
    int marker = datagram.indexOf(MARKER);
    return marker < 0 ? Optional.empty() : fields(datagram, marker + MARKER.length());
  }

  private static Optional<LogLine> fields(String text, int from) {
    String backend = "";
    String server = "";
    String termination = "";
    String status = "";
    String active = "";
    for (String field : text.substring(from).strip().split(" ", -1)) {
      int equals = field.indexOf('=');
      String value = field.substring(equals + 1);
      switch (equals < 0 ? "" : field.substring(0, equals)) {
        case "b" -> backend = value;
        case "s" -> server = value;
        case "st" -> status = value;
        case "ts" -> termination = value;
        case "ta" -> active = value;
        default -> {}
      }
    }
    if (backend.isEmpty() || server.isEmpty() || termination.isEmpty()) {
      return Optional.empty();
    }
    return line(backend, server, termination, status, active);
  }

  private static Optional<LogLine> line(
      String backend, String server, String termination, String status, String active) {
    try {
      return Optional.of(
          new LogLine(
              backend, server, Integer.parseInt(status), termination, Long.parseLong(active)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Whether the client ended it; then it says nothing about the server.
  public boolean clientAborted() {
    return termination.charAt(0) == 'C' || termination.charAt(0) == 'c';
  }
}
