package io.changeover.sandbox.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One accepted connection: one request at a time, the next ones wait. All state belongs to the
/// channel's event loop.
final class ServerConnection extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
  private static final int PIPELINE_LIMIT = 32;
  private static final Set<HttpMethod> BODILESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE);

  private record Waiting(Request request, boolean keepAlive, boolean malformed) {}

  private final HttpListener listener;
  private final Channel channel;
  private final Answerer answerer;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private volatile boolean busy;
  private boolean retired;

  ServerConnection(HttpListener listener, Channel channel, Answerer answerer) {
    this.listener = listener;
    this.channel = channel;
    this.answerer = answerer;
  }

  boolean busy() {
    return busy;
  }

  void retire() {
    channel
        .eventLoop()
        .execute(
            () -> {
              retired = true;
              closeUnlessBusy();
            });
  }

  void modeChanged() {
    channel.eventLoop().execute(this::endWhenDue);
  }

  private void endWhenDue() {
    switch (listener.mode()) {
      case SERVING, DRAINING -> {}
      case QUITTING -> closeUnlessBusy();
      case CLOSED -> {
        var _ = channel.close();
      }
    }
  }

  private void closeUnlessBusy() {
    if (!busy) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    listener.counted();
    if (!message.content().isReadable() && BODILESS.contains(message.method())) {
      // The aggregator says so even where the client did not.
      message.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    }
    Request request =
        new Request(
            message.method().name(),
            message.uri(),
            message.headers(),
            ByteBufUtil.getBytes(message.content()));
    waiting.add(
        new Waiting(request, HttpUtil.isKeepAlive(message), message.decoderResult().isFailure()));
    if (waiting.size() >= PIPELINE_LIMIT) {
      channel.config().setAutoRead(false);
    }
    next();
  }

  private void next() {
    if (busy || !channel.isActive()) {
      return;
    }
    Waiting first = waiting.poll();
    if (first == null) {
      channel.config().setAutoRead(true);
      return;
    }
    busy = true;
    answer(first)
        .whenComplete(
            (response, failure) ->
                channel.eventLoop().execute(() -> write(first, response, failure)));
  }

  private CompletionStage<Response> answer(Waiting first) {
    if (first.malformed()) {
      return CompletableFuture.completedStage(
          Response.of(400, "text/plain", "malformed request\n"));
    }
    try {
      return answerer.answer(first.request(), (InetSocketAddress) channel.remoteAddress());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void write(Waiting answered, @Nullable Response response, @Nullable Throwable failure) {
    if (response == null) {
      LOG.error(
          "no answer to {} {}", answered.request().method(), answered.request().path(), failure);
    }
    Response sent =
        response == null
            ? Response.of(500, "text/plain", "An unexpected error occurred\n")
            : response;
    boolean ask = answered.keepAlive() && !answered.malformed();
    boolean keepAlive = ask && listener.mode() != HttpListener.Mode.DRAINING;
    var written = channel.writeAndFlush(encode(sent, keepAlive, answered.request().method()));
    if (keepAlive && !retired && listener.mode() == HttpListener.Mode.SERVING) {
      busy = false;
      next();
    } else {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static DefaultFullHttpResponse encode(
      Response response, boolean keepAlive, String method) {
    HttpHeaders headers = response.headers().copy();
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
    int status = response.status();
    if (status == 204 || status == 304) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (!method.equals("HEAD") || !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    }
    headers.set(
        HttpHeaderNames.CONNECTION,
        keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(status),
        method.equals("HEAD") ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()),
        headers,
        EmptyHttpHeaders.INSTANCE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.clear();
    listener.gone(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("connection of {} broke: {}", channel.remoteAddress(), cause.toString());
    var _ = context.close();
  }
}
