package io.changeover.sandbox.kong.hybrid;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/// Sets up a connection that a control plane accepted.
final class OutletInitializer extends ChannelInitializer<Channel> {
  private static final int LARGEST_REQUEST = 8 * 1024;

  private final ControlPlane plane;
  private final ClusterCertificate certificate;
  private final SslContext tls;
  private final HybridLog log;

  OutletInitializer(
      ControlPlane plane, ClusterCertificate certificate, SslContext tls, HybridLog log) {
    this.plane = plane;
    this.certificate = certificate;
    this.tls = tls;
    this.log = log;
  }

  @Override
  protected void initChannel(Channel channel) {
    SslHandler secured = tls.newHandler(channel.alloc());
    channel
        .pipeline()
        .addLast(secured)
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
        .addLast(new OutletHandler(plane, certificate, secured.engine(), log));
  }

  @Override
  public boolean isSharable() {
    return true;
  }
}
