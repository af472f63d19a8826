package io.changeover.sandbox.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One listening socket. Requests of a connection are answered one after the other, in their order,
/// pipelined or not. Request bodies are taken whole, up to [#BODY_LIMIT] bytes (413 above).
///
/// There are three ways to end it: [#close] cuts everything; [#quit] ends as nginx does; [#drain]
/// ends politely.
public final class HttpListener implements AutoCloseable {

  /// The largest body, in bytes.
  public static final int BODY_LIMIT = 8 * 1024 * 1024;

  private static final Duration SELECTOR_TURN = Duration.ofMillis(20);

  enum Mode {
    SERVING,
    QUITTING,
    DRAINING,
    CLOSED
  }

  private final Channel server;
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile Mode mode = Mode.SERVING;

  private HttpListener(EventLoops loops, InetSocketAddress bind, Answerer answerer)
      throws IOException {
    var bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connected(answerer))
            .bind(bind)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("bind() to " + bind + " failed: " + bound.cause().getMessage());
    }
    server = bound.channel();
  }

  /// Binds `bind` (port 0 takes a free one) and answers with `answerer`.
  ///
  /// @throws IOException if the address is in use or not ours
  public static HttpListener open(EventLoops loops, InetSocketAddress bind, Answerer answerer)
      throws IOException {
    return new HttpListener(loops, bind, answerer);
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /// Connections open now.
  public int active() {
    return connections.size();
  }

  /// Connections that carry a request now.
  public int busy() {
    return (int) connections.stream().filter(ServerConnection::busy).count();
  }

  /// Connections accepted since the start.
  public long accepted() {
    return accepted.get();
  }

  /// Requests read since the start.
  public long requests() {
    return requests.get();
  }

  /// Ends as nginx does on SIGQUIT, as observed with Kong 2.1.4 and 2.2.2: stops listening, closes
  /// idle connections without a word, lets running requests finish with an answer that still says
  /// keep-alive, then closes their connections too.
  ///
  /// @return completes when the last connection is closed
  public CompletableFuture<Void> quit() {
    return end(Mode.QUITTING);
  }

  /// Ends politely: stops listening, tells each client `Connection: close` with its next answer. A
  /// connection on which no request comes stays open until [#close].
  ///
  /// @return completes when the last connection is closed
  public CompletableFuture<Void> drain() {
    return end(Mode.DRAINING);
  }

  /// Ends the connections that are open now as [#quit] does, and goes on listening: what nginx does
  /// on a reload.
  public void recycle() {
    connections.forEach(ServerConnection::retire);
  }

  /// Cuts the listening socket and all connections.
  @Override
  public void close() {
    var _ = end(Mode.CLOSED);
    server.close().awaitUninterruptibly();
    afterSelect(() -> {}).awaitUninterruptibly();
  }

  private CompletableFuture<Void> end(Mode how) {
    mode = how;
    server
        .close()
        .addListener(
            closed -> {
              var _ = afterSelect(this::endConnections);
            });
    return ended;
  }

  private void endConnections() {
    connections.forEach(ServerConnection::modeChanged);
    completeWhenEmpty();
  }

  /// A closed channel stops listening only with the selector's next turn: nothing may be told
  /// before that.
  private Future<?> afterSelect(Runnable task) {
    return server.eventLoop().schedule(task, SELECTOR_TURN.toMillis(), TimeUnit.MILLISECONDS);
  }

  Mode mode() {
    return mode;
  }

  void counted() {
    requests.incrementAndGet();
  }

  void gone(ServerConnection connection) {
    connections.remove(connection);
    completeWhenEmpty();
  }

  private void completeWhenEmpty() {
    if (mode != Mode.SERVING && !server.isOpen() && connections.isEmpty()) {
      ended.complete(null);
    }
  }

  private final class Connected extends ChannelInitializer<Channel> {

    private final Answerer answerer;

    Connected(Answerer answerer) {
      this.answerer = answerer;
    }

    @Override
    protected void initChannel(Channel channel) {
      accepted.incrementAndGet();
      ServerConnection connection = new ServerConnection(HttpListener.this, channel, answerer);
      connections.add(connection);
      channel
          .pipeline()
          .addLast(new HttpServerCodec())
          .addLast(new HttpObjectAggregator(BODY_LIMIT))
          .addLast(connection);
      connection.modeChanged();
    }
  }
}
