package io.changeover.sandbox.router;

import io.changeover.sandbox.http.Exchange;
import io.changeover.sandbox.http.HttpConnections;
import io.changeover.sandbox.http.Request;
import io.changeover.sandbox.http.Response;
import io.changeover.sandbox.http.SendFailure;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Passes requests of one backend on. A connection that can't be made is tried up to twice more, on
/// another server if there is one; a request that was sent is never sent again.
final class Forwarding {

  private static final int RETRIES = 2;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final String NO_SERVER = "<NOSRV>";

  private final RouterBackend backend;
  private final HttpConnections connections;
  private final RequestLog log;
  private final FreezeMap freeze;

  Forwarding(RouterBackend backend, HttpConnections connections, RequestLog log, FreezeMap freeze) {
    this.backend = backend;
    this.connections = connections;
    this.log = log;
    this.freeze = freeze;
  }

  CompletionStage<Response> answer(Request request) {
    if (freeze.denies(backend.name(), request.method())) {
      return CompletableFuture.completedFuture(
          Response.of(403, "text/plain", "").with("x-changeover", "frozen"));
    }
    CompletableFuture<Response> answer = new CompletableFuture<>();
    HttpHeaders headers = request.headers().copy();
    headers.remove("Keep-Alive").remove("Proxy-Connection").remove("Upgrade").remove("TE");
    Request sent = new Request(request.method(), request.target(), headers, request.body());
    new Attempt(sent, answer).next(null);
    return answer;
  }

  /// One request on its way, over one server after the other.
  private final class Attempt {

    private final Request request;
    private final CompletableFuture<Response> answer;
    private final long begun = System.nanoTime();
    private int retries;
    private boolean redispatched;

    Attempt(Request request, CompletableFuture<Response> answer) {
      this.request = request;
      this.answer = answer;
    }

    void next(@Nullable RouterServer failed) {
      RouterServer server = backend.next(failed);
      if (failed != null) {
        boolean elsewhere = server != null && server != failed;
        redispatched |= elsewhere;
        failed.retried(elsewhere);
      }
      if (server == null) {
        end(NO_SERVER, own(503, "No server is available"), "SC", -1, -1);
        return;
      }
      server.begun();
      var _ =
          connections
              .send(server.address(), request, ANSWER_LIMIT)
              .whenComplete(
                  (exchange, failure) -> {
                    if (exchange != null) {
                      answered(server, exchange);
                    } else {
                      unanswered(server, failure);
                    }
                  });
    }

    private void answered(RouterServer server, Exchange exchange) {
      Response response = exchange.response();
      long connect = exchange.connect().toMillis();
      long took = exchange.answer().toMillis();
      server.answered(response.status(), connect, took);
      HttpHeaders headers = response.headers().copy();
      headers.remove("Connection").remove("Keep-Alive").remove("Transfer-Encoding");
      Response passed = new Response(response.status(), headers, response.body());
      end(server.name(), passed, "--", took, connect);
    }

    private void unanswered(RouterServer server, @Nullable Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (!(cause instanceof SendFailure known)) {
        server.brokenAnswer();
        end(server.name(), own(500, "The router failed"), "PH", -1, -1);
        return;
      }
      switch (known.kind()) {
        case REFUSED, UNREACHABLE -> {
          if (retries < RETRIES) {
            retries++;
            next(server);
          } else {
            server.notConnected();
            end(server.name(), own(503, "No server is available"), "SC", -1, -1);
          }
        }
        case CLOSED, MALFORMED -> {
          server.brokenAnswer();
          end(server.name(), own(502, "The server sent no valid answer"), "SH", -1, 0);
        }
        case TIMEOUT -> {
          server.brokenAnswer();
          end(server.name(), own(504, "The server did not answer in time"), "sH", -1, 0);
        }
      }
    }

    private void end(
        String server, Response response, String termination, long took, long connect) {
      long total = (System.nanoTime() - begun) / 1_000_000;
      log.write(
          new RequestLog.Entry(
              backend.name(),
              server,
              response.status(),
              termination,
              total,
              took,
              connect,
              retries,
              redispatched));
      answer.complete(response);
    }
  }

  private static Response own(int status, String words) {
    return Response.of(status, "text/html", "<html><body>" + words + "</body></html>\n")
        .with("Cache-Control", "no-cache");
  }
}
