package io.changeover.sandbox.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Client connections by address. One request at a time per connection, nothing is ever sent twice:
/// what failed is told as a [SendFailure], and whether to try again is the caller's decision.
public final class HttpConnections implements AutoCloseable {

  /// Which idle connection is taken next.
  public enum Reuse {
    /// The one that was used last: few connections stay warm, as in a proxy.
    NEWEST,
    /// The one that rested longest: all connections stay in use, as many clients would.
    OLDEST
  }

  private final EventLoops loops;
  private final Reuse reuse;
  private final Duration idleLimit;
  private final Duration connectLimit;
  private final Map<InetSocketAddress, Deque<ClientConnection>> idle = new ConcurrentHashMap<>();
  private final AtomicLong closedIdle = new AtomicLong();
  private volatile boolean closed;

  /// Connections that rest longer than `idleLimit` are closed by us.
  public HttpConnections(EventLoops loops, Reuse reuse, Duration connectLimit, Duration idleLimit) {
    this.loops = loops;
    this.reuse = reuse;
    this.connectLimit = connectLimit;
    this.idleLimit = idleLimit;
    long period = Math.max(100, idleLimit.toMillis() / 2);
    var _ =
        loops
            .group()
            .scheduleWithFixedDelay(this::closeRested, period, period, TimeUnit.MILLISECONDS);
  }

  /// Sends over an idle connection if there is one, else over a new one, which is kept afterwards.
  ///
  /// @return fails with [SendFailure] only
  public CompletableFuture<Exchange> send(
      InetSocketAddress to, Request request, Duration answerLimit) {
    ClientConnection free = take(to);
    CompletableFuture<Exchange> promise = new CompletableFuture<>();
    if (free == null) {
      connectAndSend(to, request, answerLimit, true, promise);
    } else {
      free.send(
          request,
          answerLimit,
          Duration.ZERO,
          promise,
          () -> connectAndSend(to, request, answerLimit, true, promise));
    }
    return promise;
  }

  /// Sends over a new connection that is closed afterwards; the request says `Connection: close`.
  ///
  /// @return fails with [SendFailure] only
  public CompletableFuture<Exchange> sendFresh(
      InetSocketAddress to, Request request, Duration answerLimit) {
    CompletableFuture<Exchange> promise = new CompletableFuture<>();
    connectAndSend(to, request, answerLimit, false, promise);
    return promise;
  }

  /// How many idle connections were closed by their peers since the start.
  public long closedIdle() {
    return closedIdle.get();
  }

  private @Nullable ClientConnection take(InetSocketAddress to) {
    Deque<ClientConnection> free = idle.get(to);
    if (free == null) {
      return null;
    }
    for (; ; ) {
      ClientConnection next = reuse == Reuse.NEWEST ? free.pollLast() : free.pollFirst();
      if (next == null || next.usable()) {
        return next;
      }
    }
  }

  private void connectAndSend(
      InetSocketAddress to,
      Request request,
      Duration answerLimit,
      boolean keep,
      CompletableFuture<Exchange> promise) {
    long begun = System.nanoTime();
    new Bootstrap()
        .group(loops.group())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectLimit.toMillis())
        .handler(new Connected(to, keep))
        .connect(to)
        .addListener(
            (io.netty.channel.ChannelFuture connected) -> {
              if (!connected.isSuccess()) {
                promise.completeExceptionally(unconnected(to, connected.cause()));
                return;
              }
              ClientConnection made = connected.channel().pipeline().get(ClientConnection.class);
              Duration took = Duration.ofNanos(System.nanoTime() - begun);
              Runnable closed =
                  () ->
                      promise.completeExceptionally(
                          new SendFailure(SendFailure.Kind.CLOSED, false, to + " closed at once"));
              made.send(request, answerLimit, took, promise, closed);
            });
  }

  private static SendFailure unconnected(InetSocketAddress to, Throwable cause) {
    boolean refused =
        cause instanceof ConnectException && String.valueOf(cause.getMessage()).contains("refused");
    return new SendFailure(
        refused ? SendFailure.Kind.REFUSED : SendFailure.Kind.UNREACHABLE,
        false,
        "connect to " + to + ": " + cause.getMessage());
  }

  void rest(InetSocketAddress to, ClientConnection connection) {
    if (closed) {
      connection.close();
      return;
    }
    idle.computeIfAbsent(to, any -> new ConcurrentLinkedDeque<>()).addLast(connection);
  }

  void gone(InetSocketAddress to, ClientConnection connection) {
    Deque<ClientConnection> free = idle.get(to);
    if (free != null && free.remove(connection)) {
      closedIdle.incrementAndGet();
    }
  }

  private void closeRested() {
    for (Deque<ClientConnection> free : idle.values()) {
      for (ClientConnection connection : List.copyOf(free)) {
        if (connection.rested().compareTo(idleLimit) > 0 && free.remove(connection)) {
          connection.close();
        }
      }
    }
  }

  /// Closes the idle connections to `to`; those in use are closed after their answer is read by
  /// their peers or by us.
  public void forget(InetSocketAddress to) {
    Deque<ClientConnection> free = idle.remove(to);
    if (free != null) {
      free.forEach(ClientConnection::close);
    }
  }

  /// Closes idle connections; those in use are closed after their answer.
  @Override
  public void close() {
    closed = true;
    idle.keySet().forEach(this::forget);
  }

  private final class Connected extends ChannelInitializer<Channel> {

    private final InetSocketAddress to;
    private final boolean keep;

    Connected(InetSocketAddress to, boolean keep) {
      this.to = to;
      this.keep = keep;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(new HttpClientCodec())
          .addLast(new HttpObjectAggregator(HttpListener.BODY_LIMIT))
          .addLast(new ClientConnection(HttpConnections.this, channel, to, keep));
    }
  }
}
