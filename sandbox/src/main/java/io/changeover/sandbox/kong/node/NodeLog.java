package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.hybrid.HybridLog;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The node's two logs in nginx's format: error lines go to standard error, which `kong start`
/// leads to `logs/error.log`; access lines go to a file and are written out every second.
final class NodeLog implements AutoCloseable, HybridLog {

  private static final DateTimeFormatter ERROR_TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter ACCESS_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

  private final PrintStream errors;
  private final Writer accesses;

  NodeLog(PrintStream errors, Path accessLog) throws IOException {
    this.errors = errors;
    Files.createDirectories(accessLog.toAbsolutePath().getParent());
    this.accesses =
        Files.newBufferedWriter(accessLog, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void notice(String message) {
    line("notice", message);
  }

  void warn(String message) {
    line("warn", message);
  }

  @Override
  public void error(String message) {
    line("error", message);
  }

  private void line(String level, String message) {
    errors.printf(
        "%s [%s] %d#0: %s%n",
        ERROR_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)),
        level,
        ProcessHandle.current().pid(),
        message);
  }

  /// One answered request.
  void access(String client, String method, String target, int status, int bytes, String agent) {
    String line =
        "%s - - [%s] \"%s %s HTTP/1.1\" %d %d \"-\" \"%s\"%n"
            .formatted(
                client,
                ACCESS_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)),
                method,
                target,
                status,
                bytes,
                agent);
    try {
      synchronized (accesses) {
        accesses.write(line);
      }
    } catch (IOException e) {
      error("access log: " + e.getMessage());
    }
  }

  void flush() {
    try {
      synchronized (accesses) {
        accesses.flush();
      }
    } catch (IOException e) {
      error("access log: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    flush();
  }
}
