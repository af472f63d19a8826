package io.changeover.sandbox.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client connection. The exchange belongs to the channel's event loop.
final class ClientConnection extends SimpleChannelInboundHandler<FullHttpResponse> {

  private record Running(
      CompletableFuture<Exchange> promise, Duration connect, long begun, Future<?> limit) {}

  private final HttpConnections owner;
  private final Channel channel;
  private final InetSocketAddress to;
  private final boolean keep;
  private @Nullable Running running;
  private boolean reused;
  private volatile long restedSince = System.nanoTime();

  ClientConnection(HttpConnections owner, Channel channel, InetSocketAddress to, boolean keep) {
    this.owner = owner;
    this.channel = channel;
    this.to = to;
    this.keep = keep;
  }

  boolean usable() {
    return channel.isActive();
  }

  Duration rested() {
    return Duration.ofNanos(System.nanoTime() - restedSince);
  }

  void close() {
    var _ = channel.close();
  }

  /// Sends, or runs `closed` when the connection turns out to be closed already, so that nothing
  /// was sent.
  void send(
      Request request,
      Duration answerLimit,
      Duration connect,
      CompletableFuture<Exchange> promise,
      Runnable closed) {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (channel.isActive()) {
                begin(request, answerLimit, connect, promise);
              } else {
                closed.run();
              }
            });
  }

  private void begin(
      Request request,
      Duration answerLimit,
      Duration connect,
      CompletableFuture<Exchange> promise) {
    Future<?> limit =
        channel
            .eventLoop()
            .schedule(
                () -> fail(SendFailure.Kind.TIMEOUT, "no answer in " + answerLimit),
                answerLimit.toMillis(),
                TimeUnit.MILLISECONDS);
    running = new Running(promise, connect, System.nanoTime(), limit);
    channel
        .writeAndFlush(encode(request))
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                fail(SendFailure.Kind.CLOSED, String.valueOf(written.cause().getMessage()));
              }
            });
  }

  private DefaultFullHttpRequest encode(Request request) {
    HttpHeaders headers = request.headers().copy();
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
    headers.remove(HttpHeaderNames.EXPECT);
    if (request.body().length > 0 || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
    }
    if (!headers.contains(HttpHeaderNames.HOST)) {
      headers.set(HttpHeaderNames.HOST, to.getHostString() + ":" + to.getPort());
    }
    headers.set(
        HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.valueOf(request.method()),
        request.target(),
        Unpooled.wrappedBuffer(request.body()),
        headers,
        EmptyHttpHeaders.INSTANCE);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse message) {
    Running ended = running;
    if (message.decoderResult().isFailure()) {
      fail(SendFailure.Kind.MALFORMED, String.valueOf(message.decoderResult().cause()));
      return;
    }
    if (ended == null) {
      var _ = context.close();
      return;
    }
    running = null;
    ended.limit().cancel(false);
    Response response =
        new Response(
            message.status().code(), message.headers(), ByteBufUtil.getBytes(message.content()));
    Exchange exchange =
        new Exchange(
            response, reused, ended.connect(), Duration.ofNanos(System.nanoTime() - ended.begun()));
    reused = true;
    if (keep && HttpUtil.isKeepAlive(message)) {
      restedSince = System.nanoTime();
      owner.rest(to, this);
    } else {
      var _ = context.close();
    }
    ended.promise().complete(exchange);
  }

  private void fail(SendFailure.Kind kind, String why) {
    Running ended = running;
    running = null;
    if (ended != null) {
      ended.limit().cancel(false);
      var _ = channel.close();
      ended.promise().completeExceptionally(failure(kind, why));
    }
  }

  private SendFailure failure(SendFailure.Kind kind, String why) {
    return new SendFailure(kind, reused, to + ": " + why);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (running == null) {
      owner.gone(to, this);
    } else {
      fail(SendFailure.Kind.CLOSED, "closed before the answer");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(
        cause instanceof io.netty.handler.codec.DecoderException
            ? SendFailure.Kind.MALFORMED
            : SendFailure.Kind.CLOSED,
        String.valueOf(cause.getMessage()));
    var _ = context.close();
  }
}
