package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Exchange;
import io.changeover.sandbox.http.HttpConnections;
import io.changeover.sandbox.http.Request;
import io.changeover.sandbox.http.Response;
import io.changeover.sandbox.http.SendFailure;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Answers proxied requests: route, plugins, upstream.
final class Proxy {

  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

  private final LiveConfiguration live;
  private final Plugins plugins;
  private final HttpConnections connections;
  private final Replies replies;
  private final NodeFaults faults;
  private final NodeLog log;
  private final boolean forwardedPath;
  private final Balancer balancer = new Balancer();

  /// @param forwardedPath whether this version sends `X-Forwarded-Path`
  Proxy(
      LiveConfiguration live,
      Plugins plugins,
      HttpConnections connections,
      Replies replies,
      NodeFaults faults,
      NodeLog log,
      boolean forwardedPath) {
    this.live = live;
    this.plugins = plugins;
    this.connections = connections;
    this.replies = replies;
    this.faults = faults;
    this.log = log;
    this.forwardedPath = forwardedPath;
  }

  CompletionStage<Response> answer(Request request, InetSocketAddress peer, int listenPort) {
    CompletionStage<Response> answer =
        faults.nextFails()
            ? CompletableFuture.completedStage(failed(request))
            : live.current()
                .thenCompose(configuration -> route(request, peer, listenPort, configuration));
    return delayed(answer)
        .thenApply(
            response -> {
              log.access(
                  peer.getAddress().getHostAddress(),
                  request.method(),
                  request.target(),
                  response.status(),
                  response.body().length,
                  request.headers().get("User-Agent", "-"));
              return response;
            });
  }

  private Response failed(Request request) {
    log.error("stand-in fault errors: " + request.method() + " " + request.path() + " fails");
    return replies.exit(500, "An unexpected error occurred").with("X-Kong-Response-Latency", 0);
  }

  private CompletionStage<Response> delayed(CompletionStage<Response> answer) {
    long millis = faults.slow().toMillis();
    return millis == 0
        ? answer
        : answer.thenApplyAsync(
            response -> response, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  private CompletionStage<Response> route(
      Request request, InetSocketAddress peer, int listenPort, Configuration configuration) {
    long begun = System.nanoTime();
    RouteTable.Match match = configuration.routes().match(request);
    if (match == null) {
      long took = (System.nanoTime() - begun) / 1_000_000;
      return CompletableFuture.completedStage(
          replies
              .exit(404, "no Route matched with those values")
              .with("X-Kong-Response-Latency", took));
    }
    ProxyCall call = new ProxyCall(request, peer, listenPort, configuration, match);
    Response own = plugins.access(call);
    if (own != null) {
      return CompletableFuture.completedStage(ended(call, own));
    }
    Service service = match.route().service();
    return service == null
        ? CompletableFuture.completedStage(
            ended(call, replies.exit(503, "failure to get a peer from the ring-balancer")))
        : pass(call, service);
  }

  private Response ended(ProxyCall call, Response own) {
    return own.with("X-Kong-Response-Latency", call.sinceBegunMillis());
  }

  private CompletionStage<Response> pass(ProxyCall call, Service service) {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    attempt(call, service, UpstreamRequest.of(call, service, forwardedPath), 0, answer);
    return answer;
  }

  private void attempt(
      ProxyCall call,
      Service service,
      Request request,
      int tried,
      CompletableFuture<Response> answer) {
    InetSocketAddress to = balancer.pick(service, call.configuration());
    if (to == null) {
      answer.complete(
          ended(call, replies.exit(503, "failure to get a peer from the ring-balancer")));
      return;
    }
    var _ =
        connections
            .send(to, request, service.read())
            .whenComplete(
                (exchange, failure) -> {
                  if (exchange != null) {
                    answer.complete(passedBack(call, exchange));
                  } else if (tried < service.retries() && mayRepeat(request, failure)) {
                    attempt(call, service, request, tried + 1, answer);
                  } else {
                    answer.complete(unanswered(call, failure));
                  }
                });
  }

  private static @Nullable SendFailure known(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof SendFailure known ? known : null;
  }

  /// Nothing was sent, or an old connection broke under a request that may be sent twice.
  private static boolean mayRepeat(Request request, @Nullable Throwable failure) {
    SendFailure known = known(failure);
    return known != null
        && (known.nothingSent()
            || (known.kind() == SendFailure.Kind.CLOSED
                && known.reused()
                && IDEMPOTENT.contains(request.method())));
  }

  private Response unanswered(ProxyCall call, @Nullable Throwable failure) {
    log.error(
        "upstream of " + call.request().method() + " " + call.request().path() + ": " + failure);
    SendFailure known = known(failure);
    boolean late = known != null && known.kind() == SendFailure.Kind.TIMEOUT;
    return ended(
        call,
        late
            ? replies.exit(504, "The upstream server is timing out")
            : replies.exit(502, "An invalid response was received from the upstream server"));
  }

  private Response passedBack(ProxyCall call, Exchange exchange) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.setAll(exchange.response().headers());
    headers.remove("Connection").remove("Keep-Alive").remove("Transfer-Encoding");
    headers.setAll(call.toClient());
    long upstream = exchange.connect().plus(exchange.answer()).toMillis();
    headers.set("X-Kong-Upstream-Latency", upstream);
    headers.set("X-Kong-Proxy-Latency", Math.max(0, call.sinceBegunMillis() - upstream));
    headers.set("Via", replies.server());
    return new Response(exchange.response().status(), headers, exchange.response().body());
  }
}
