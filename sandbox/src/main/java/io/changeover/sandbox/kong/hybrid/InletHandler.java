package io.changeover.sandbox.kong.hybrid;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A data plane's connection to its control plane.
final class InletHandler extends SimpleChannelInboundHandler<Object> {
  private final DataPlane plane;
  private final WebSocketClientHandshaker handshaker;
  private volatile @Nullable Channel channel;
  private volatile boolean established;
  private boolean secured;
  private boolean ended;

  InletHandler(DataPlane plane, WebSocketClientHandshaker handshaker) {
    this.plane = plane;
    this.handshaker = handshaker;
  }

  boolean established() {
    return established;
  }

  void ping(String hash) {
    Channel open = channel;
    if (open != null && established) {
      var _ =
          open.writeAndFlush(
              new PingWebSocketFrame(Unpooled.copiedBuffer(hash, StandardCharsets.UTF_8)));
    }
  }

  void close() {
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      secured = true;
      var _ = handshaker.handshake(context.channel());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Object message) {
    switch (message) {
      case FullHttpResponse response when !handshaker.isHandshakeComplete() -> {
        handshaker.finishHandshake(context.channel(), response);
        established = true;
        plane.established(this);
      }
      case BinaryWebSocketFrame frame ->
          plane.received(this, ByteBufUtil.getBytes(frame.content()));
      case CloseWebSocketFrame _ -> {
        var _ = context.close();
      }
      default -> {}
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(secured ? "failed to receive response header: closed" : DataPlane.UNCONNECTED);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!secured) {
      end("tls handshake failed: 18: self signed certificate");
    } else if (cause instanceof WebSocketHandshakeException) {
      end("unexpected HTTP response: " + cause.getMessage());
    }
    var _ = context.close();
  }

  private void end(String why) {
    if (!ended) {
      ended = true;
      boolean was = established;
      established = false;
      plane.ended(this, was, why);
    }
  }
}
