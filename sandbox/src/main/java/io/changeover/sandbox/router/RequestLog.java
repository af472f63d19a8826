package io.changeover.sandbox.router;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Tells of each finished request by UDP, in the words of [HaproxyConfig#LOG_FORMAT].
final class RequestLog implements AutoCloseable {

  /// One finished request. Times in milliseconds, -1 for a stage that was not reached.
  ///
  /// @param termination HAProxy's two letters: `--` fine, `SC` no connection, `SH` broken answer,
  ///   `sH` late answer
  record Entry(
      String backend,
      String server,
      int status,
      String termination,
      long total,
      long answer,
      long connect,
      int retries,
      boolean redispatched) {

    String line() {
      return "changeover/1 b=%s s=%s st=%d ts=%s ta=%d tr=%d tw=0 tc=%d rc=%s%d"
          .formatted(
              backend,
              server,
              status,
              termination,
              total,
              answer,
              connect,
              redispatched ? "+" : "",
              retries);
    }
  }

  private final @Nullable InetSocketAddress to;
  private final DatagramSocket socket;

  RequestLog(@Nullable InetSocketAddress to) throws IOException {
    this.to = to;
    this.socket = new DatagramSocket();
  }

  void write(Entry entry) {
    if (to == null) {
      return;
    }
    byte[] line = (entry.line() + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(line, line.length, to));
    } catch (IOException e) {
      // As with HAProxy, a log that nobody takes is lost.
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
