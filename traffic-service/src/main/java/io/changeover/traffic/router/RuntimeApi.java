package io.changeover.traffic.router;

import io.changeover.inventory.RuntimeAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// HAProxy's Runtime API: one command per connection, the answer is everything up to the end of the
/// stream.
final class RuntimeApi {

  private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

  private final RuntimeAddress address;
  private final CallLimits limits;

  RuntimeApi(RuntimeAddress address, CallLimits limits) {
    this.address = address;
    this.limits = limits;
  }

  /// Sends one command and reads the answer.
  ///
  /// @throws IOException on no connection, no answer in time, an answer too large, or an interrupt
  ///   (the flag stays set)
  String call(String command) throws IOException {
    if (command.indexOf('\n') >= 0 || command.indexOf(';') >= 0) {
      throw new IOException("expected one command, but it holds a separator");
    }
    try (SocketChannel channel = open();
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      connect(channel, key, System.nanoTime() + limits.connect().toNanos());
      long deadline = System.nanoTime() + limits.answer().toNanos();
      send(channel, key, command + "\n", deadline);
      return receive(channel, key, deadline);
    }
  }

  private SocketChannel open() throws IOException {
    return switch (address) {
      case RuntimeAddress.Tcp _ -> SocketChannel.open();
      case RuntimeAddress.UnixSocket _ -> SocketChannel.open(StandardProtocolFamily.UNIX);
    };
  }

  private SocketAddress target() throws IOException {
    return switch (address) {
      case RuntimeAddress.Tcp(String host, int port) -> {
        InetSocketAddress resolved = new InetSocketAddress(host, port);
        if (resolved.isUnresolved()) {
          throw new IOException("host " + host + " is not known");
        }
        yield resolved;
      }
      case RuntimeAddress.UnixSocket(var path) -> UnixDomainSocketAddress.of(path);
    };
  }

  private void connect(SocketChannel channel, SelectionKey key, long deadline) throws IOException {
    boolean connected = channel.connect(target());
    while (!connected) {
      await(key, SelectionKey.OP_CONNECT, deadline, "connection", limits.connect());
      connected = channel.finishConnect();
    }
  }

  private void send(SocketChannel channel, SelectionKey key, String text, long deadline)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(key, SelectionKey.OP_WRITE, deadline, "taking of the command", limits.answer());
      }
    }
  }

  private String receive(SocketChannel channel, SelectionKey key, long deadline)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream(4096);
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    while (true) {
      int read = channel.read(buffer);
      if (read < 0) {
        return answer.toString(StandardCharsets.UTF_8);
      }
      if (read == 0) {
        await(key, SelectionKey.OP_READ, deadline, "answer", limits.answer());
        continue;
      }
      answer.write(buffer.array(), 0, read);
      buffer.clear();
      if (answer.size() > LARGEST_ANSWER) {
        throw new IOException("expected an answer of at most " + LARGEST_ANSWER + " bytes");
      }
    }
  }

  private static void await(
      SelectionKey key, int operation, long deadline, String what, Duration limit)
      throws IOException {
    key.interestOps(operation);
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new IOException("no " + what + " within " + limit.toMillis() + " ms");
    }
    key.selector().select(Math.max(1, left / 1_000_000));
    key.selector().selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted while waiting for the " + what);
    }
  }
}
