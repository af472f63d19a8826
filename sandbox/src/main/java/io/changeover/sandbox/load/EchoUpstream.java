package io.changeover.sandbox.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.sandbox.flags.Flags;
import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.http.HttpListener;
import io.changeover.sandbox.http.Request;
import io.changeover.sandbox.http.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// The upstream of the stand-in cluster: answers every request with a JSON description of it
/// (method, path, headers, body). `?delay=MS` makes it wait, `?status=N` makes it answer with that
/// status.
public final class EchoUpstream implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventLoops loops;
  private final HttpListener listener;

  private EchoUpstream(InetSocketAddress bind) throws IOException {
    loops = EventLoops.start(1);
    listener = HttpListener.open(loops, bind, (request, peer) -> answer(request));
  }

  /// Listens on `bind`; port 0 takes a free one.
  public static EchoUpstream open(InetSocketAddress bind) throws IOException {
    return new EchoUpstream(bind);
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return listener.address();
  }

  /// Requests answered since the start.
  public long requests() {
    return listener.requests();
  }

  private static CompletionStage<Response> answer(Request request) {
    int status = 200;
    int delay = 0;
    for (String pair : request.query().split("&", -1)) {
      if (pair.startsWith("status=")) {
        status = Integer.parseInt(pair.substring("status=".length()));
      } else if (pair.startsWith("delay=")) {
        delay = Integer.parseInt(pair.substring("delay=".length()));
      }
    }
    Response response =
        Response.of(status, "application/json", describe(request))
            .with("Server", "changeover-echo");
    return delay == 0
        ? CompletableFuture.completedStage(response)
        : CompletableFuture.supplyAsync(
            () -> response, CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS));
  }

  private static String describe(Request request) {
    Map<String, Object> echo = new LinkedHashMap<>();
    echo.put("method", request.method());
    echo.put("path", request.target());
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    echo.put("headers", headers);
    if (request.body().length > 0) {
      echo.put("body", request.text());
    }
    try {
      return JSON.writeValueAsString(echo);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }

  /// `EchoUpstream --listen HOST:PORT`: prints `READY HOST:PORT` and runs until SIGTERM.
  public static void main(String[] args) throws IOException, InterruptedException {
    Flags flags = Flags.parse(args, List.of("listen"));
    try (EchoUpstream upstream = open(flags.address("listen", "127.0.0.1:0"))) {
      System.out.println("READY 127.0.0.1:" + upstream.address().getPort());
      Thread.currentThread().join();
    }
  }
}
