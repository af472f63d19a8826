package io.changeover.traffic.log;

import io.changeover.inventory.HostPort;
import io.changeover.traffic.decide.Sides;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for a router's log stream on one UDP address. Lines may be lost on the way; whoever uses
/// them compares their number with the router's counters.
public final class TrafficLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficLog.class);
  private static final int RECEIVE_BUFFER = 8 * 1024 * 1024;
  private static final int LARGEST_LINE = 64 * 1024;

  private final DatagramChannel channel;
  private final Map<String, List<Tap>> taps = new ConcurrentHashMap<>();
  private final AtomicLong unreadable = new AtomicLong();

  private TrafficLog(DatagramChannel channel) {
    this.channel = channel;
  }

  /// Binds and begins to listen.
  ///
  /// @throws IOException when the address can't be bound
  public static TrafficLog listen(HostPort address) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(new InetSocketAddress(address.host(), address.port()));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
    TrafficLog log = new TrafficLog(channel);
    Thread.ofPlatform().daemon().name("traffic-log-" + address).start(log::receiveAll);
    return log;
  }

  /// The port that it listens on.
  public int port() {
    try {
      return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Opens a tap on one backend.
  public Tap tap(String backend, Sides sides) {
    List<Tap> open = taps.computeIfAbsent(backend, _ -> new CopyOnWriteArrayList<>());
    Tap tap = new Tap(sides, open::remove);
    open.add(tap);
    return tap;
  }

  /// Datagrams that were no line of the format; a router also logs events of its own here.
  public long unreadable() {
    return unreadable.get();
  }

  private void receiveAll() {
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST_LINE);
    while (channel.isOpen()) {
      try {
        buffer.clear();
        channel.receive(buffer);
        accept(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        LOG.warn("The log stream of the router could not be read: {}", e.getMessage());
      }
    }
  }

  private void accept(String datagram) {
    LogLine.read(datagram).ifPresentOrElse(this::accept, unreadable::incrementAndGet);
  }

  private void accept(LogLine line) {
    taps.getOrDefault(line.backend(), List.of()).forEach(tap -> tap.accept(line));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("The log stream's socket did not close: {}", e.getMessage());
    }
  }
}
