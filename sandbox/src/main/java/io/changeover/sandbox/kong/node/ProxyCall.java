package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Request;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// One request on its way through the node. Confined to the thread that handles it.
final class ProxyCall {

  private final Request request;
  private final InetSocketAddress peer;
  private final int listenPort;
  private final Configuration configuration;
  private final RouteTable.Match match;
  private final long begun = System.nanoTime();
  private final HttpHeaders toUpstream = new DefaultHttpHeaders();
  private final HttpHeaders toClient = new DefaultHttpHeaders();
  private @Nullable Credential credential;

  ProxyCall(
      Request request,
      InetSocketAddress peer,
      int listenPort,
      Configuration configuration,
      RouteTable.Match match) {
    this.request = request;
    this.peer = peer;
    this.listenPort = listenPort;
    this.configuration = configuration;
    this.match = match;
  }

  Request request() {
    return request;
  }

  String clientAddress() {
    return peer.getAddress().getHostAddress();
  }

  int listenPort() {
    return listenPort;
  }

  Configuration configuration() {
    return configuration;
  }

  Route route() {
    return match.route();
  }

  String matchedPath() {
    return match.matched();
  }

  /// Headers that plugins add to the request.
  HttpHeaders toUpstream() {
    return toUpstream;
  }

  /// Headers that plugins add to the answer.
  HttpHeaders toClient() {
    return toClient;
  }

  @Nullable Credential credential() {
    return credential;
  }

  void authenticated(Credential by) {
    credential = by;
  }

  long sinceBegunMillis() {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  /// The row of a plugin that counts for what is known of this call so far.
  @Nullable PluginRow plugin(String name) {
    Service service = route().service();
    return configuration
        .plugins()
        .find(
            name,
            route().id(),
            service == null ? null : service.id(),
            credential == null ? null : credential.consumer().id());
  }
}
