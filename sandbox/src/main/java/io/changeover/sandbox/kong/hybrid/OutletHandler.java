package io.changeover.sandbox.kong.hybrid;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// One data plane's connection as its control plane sees it.
final class OutletHandler extends SimpleChannelInboundHandler<Object> {
  /// Who is at the other end.
  record Peer(String id, String hostname, String ip) {}

  private final ControlPlane plane;
  private final ClusterCertificate certificate;
  private final SSLEngine tls;
  private final HybridLog log;
  private volatile @Nullable Channel channel;
  private @Nullable Peer peer;

  OutletHandler(ControlPlane plane, ClusterCertificate certificate, SSLEngine tls, HybridLog log) {
    this.plane = plane;
    this.certificate = certificate;
    this.tls = tls;
    this.log = log;
  }

  void send(byte[] payload) {
    Channel open = channel;
    if (open != null) {
      var _ = open.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(payload)));
    }
  }

  void close() {
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Object message) throws IOException {
    Peer known = peer;
    switch (message) {
      case FullHttpRequest request -> greet(context, request);
      case PingWebSocketFrame ping when known != null -> {
        plane.pinged(known, ping.content().toString(StandardCharsets.UTF_8));
        var _ = context.writeAndFlush(new PongWebSocketFrame());
      }
      case CloseWebSocketFrame _ -> {
        var _ = context.close();
      }
      default -> {}
    }
  }

  private void greet(ChannelHandlerContext context, FullHttpRequest request) throws IOException {
    X509Certificate shown = (X509Certificate) certificates().getFirst();
    if (!certificate.matches(shown)) {
      log.error(
          "[lua] clustering.lua: validate_shared_cert(): Data Plane presented incorrect client"
              + " certificate during handshake, expected digest: that of cluster_cert, got: "
              + digest(shown));
      var _ = context.close();
      return;
    }
    QueryStringDecoder query = new QueryStringDecoder(request.uri());
    List<String> id = query.parameters().getOrDefault("node_id", List.of());
    if (!query.path().equals(Outlet.PATH) || id.isEmpty()) {
      var refusal =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST);
      context.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    String ip =
        ((InetSocketAddress) context.channel().remoteAddress()).getAddress().getHostAddress();
    List<String> hostname = query.parameters().getOrDefault("node_hostname", List.of(""));
    upgrade(context, request, new Peer(id.getFirst(), hostname.getFirst(), ip));
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request, Peer who) {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(
                "wss://" + request.headers().get("Host", "") + Outlet.PATH,
                null,
                false,
                Outlet.LARGEST_FRAME)
            .newHandshaker(request);
    if (handshaker == null) {
      var _ = WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      return;
    }
    handshaker
        .handshake(context.channel(), request)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                peer = who;
                channel = context.channel();
                plane.joined(this);
              }
            });
  }

  private List<java.security.cert.Certificate> certificates() throws SSLPeerUnverifiedException {
    return List.of(tls.getSession().getPeerCertificates());
  }

  private static String digest(X509Certificate certificate) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    plane.left(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
